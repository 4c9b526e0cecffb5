package dev.hearth.engine;

import dev.hearth.model.Invocation;
import dev.hearth.model.ThrottleReason;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Concurrency limits: a function with a reservation has exactly that many places of its own, all others
/// share what reservations leave of the account's. Every [#enter] that succeeded is ended by one [#leave].
/// Lock-free; called by every invocation's thread.
final class Admission {
    private final int accountConcurrency;
    private final ConcurrentHashMap<String, AtomicInteger> running = new ConcurrentHashMap<>();
    private final AtomicInteger unreservedRunning = new AtomicInteger();

    /// The sum of all reservations; changes when one is put or deleted.
    private volatile int totalReserved;

    Admission(int accountConcurrency, int totalReserved) {
        this.accountConcurrency = accountConcurrency;
        this.totalReserved = totalReserved;
    }

    void reserved(int total) {
        totalReserved = total;
    }

    /// Takes a place, or says which limit keeps it from being taken.
    Optional<ThrottleReason> enter(Invocation invocation) {
        if (invocation.reservedConcurrency().isPresent()) {
            int limit = invocation.reservedConcurrency().getAsInt();
            return take(ofFunction(invocation), limit)
                    ? Optional.empty()
                    : Optional.of(ThrottleReason.RESERVED_CONCURRENCY);
        }
        if (!take(unreservedRunning, accountConcurrency - totalReserved)) {
            return Optional.of(ThrottleReason.ACCOUNT_CONCURRENCY);
        }
        return Optional.empty();
    }

    /// Gives the place back; with the very invocation that took it.
    void leave(Invocation invocation) {
        if (invocation.reservedConcurrency().isPresent()) {
            ofFunction(invocation).decrementAndGet();
        } else {
            unreservedRunning.decrementAndGet();
        }
    }

    private AtomicInteger ofFunction(Invocation invocation) {
        return running.computeIfAbsent(invocation.version().name(), name -> new AtomicInteger());
    }

    private static boolean take(AtomicInteger places, int limit) {
        int taken = places.get();
        while (taken < limit) {
            int witness = places.compareAndExchange(taken, taken + 1);
            if (witness == taken) {
                return true;
            }
            taken = witness;
        }
        return false;
    }
}
