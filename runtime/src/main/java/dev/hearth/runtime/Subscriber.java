package dev.hearth.runtime;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One subscription: collects events and has them delivered in order, each at least once, by a virtual thread of its
/// own. Whoever offers an event never waits for its listener; a listener that is not there, or slow, loses events.
///
/// The monitor guards everything; nothing is read or written with it.
final class Subscriber implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.hearth.runtime");

    /// How often a batch is tried: some six seconds in all.
    private static final int ATTEMPTS = 10;

    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final Subscription subscription;
    private final TelemetryJson json;
    private final Delivery delivery;
    private final TelemetryBuffer buffer;
    private boolean delivering;
    /// What waits is due now.
    private boolean urgent;
    /// All that ever comes is due at once.
    private boolean ending;
    /// Its listener stands still.
    private boolean paused;
    /// Counts the beginnings and ends of that.
    private int pauses;

    private boolean closed;

    Subscriber(String name, Subscription subscription, boolean jsonLogs, Delivery delivery) {
        this.subscription = subscription;
        this.json = new TelemetryJson(subscription.schema(), jsonLogs);
        this.delivery = delivery;
        this.buffer = new TelemetryBuffer(subscription.buffering());
        Thread.ofVirtual().name("telemetry-" + name).start(this::run);
    }

    Subscription subscription() {
        return subscription;
    }

    /// Takes an event if it is of a type that was subscribed to.
    void offer(TelemetryEvent event, long epochMillis) {
        if (!subscription.types().contains(event.type())) {
            return;
        }
        byte @Nullable [] encoded = json.encode(event, epochMillis);
        if (encoded != null) {
            add(encoded);
        }
    }

    private synchronized void add(byte[] event) {
        boolean first = buffer.isEmpty();
        long now = System.nanoTime();
        buffer.add(event, now);
        if (first || urgent || ending || buffer.nanosUntilDue(now) <= 0) {
            notifyAll();
        }
    }

    /// What waits is to be delivered without further delay.
    synchronized void hurry() {
        urgent = !buffer.isEmpty();
        notifyAll();
    }

    /// The same for all that follows.
    synchronized void beginEnd() {
        ending = true;
        notifyAll();
    }

    /// Waits until nothing waits to be delivered.
    ///
    /// @return false where the time did not suffice
    synchronized boolean awaitDelivered(long deadlineNanos) {
        while (!closed && (delivering || !buffer.isEmpty())) {
            long left = deadlineNanos - System.nanoTime();
            if (left <= 0 || !pause(left)) {
                return false;
            }
        }
        return true;
    }

    /// Its listener stands still, or goes on.
    synchronized void stand(boolean still) {
        paused = still;
        pauses++;
        notifyAll();
    }

    /// @return false where the thread was interrupted
    private boolean pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, 1_000_000));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        List<byte[]> batch = await();
        while (!batch.isEmpty()) {
            deliver(batch);
            batch = await();
        }
    }

    /// The next batch; empty at the end.
    private synchronized List<byte[]> await() {
        delivering = false;
        notifyAll();
        while (!closed && (paused || buffer.isEmpty() || nanosToWait(System.nanoTime()) > 0)) {
            if (!pause(buffer.isEmpty() || paused ? Long.MAX_VALUE : nanosToWait(System.nanoTime()))) {
                return List.of();
            }
        }
        if (closed) {
            return List.of();
        }
        urgent = false;
        delivering = true;
        List<byte[]> batch = buffer.take();
        TelemetryEvent.Dropped dropped = buffer.takeDropped();
        if (dropped.records() > 0 && subscription.types().contains(TelemetryType.PLATFORM)) {
            byte @Nullable [] told = json.encode(dropped, System.currentTimeMillis());
            if (told != null) {
                batch.add(told);
            }
        }
        return batch;
    }

    private long nanosToWait(long now) {
        return urgent || ending ? 0 : buffer.nanosUntilDue(now);
    }

    private void deliver(List<byte[]> batch) {
        int attempt = 0;
        while (attempt < ATTEMPTS) {
            int before = pausesSoFar();
            try {
                delivery.send(batch);
                return;
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "telemetry was not taken attempt={0} error={1}", attempt, e);
                // A listener that stood still meanwhile is not to blame.
                attempt += pausesSoFar() == before ? 1 : 0;
            }
            if (attempt < ATTEMPTS
                    && !awaitNextAttempt(Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << attempt))) {
                return;
            }
        }
        drop(batch);
    }

    private synchronized int pausesSoFar() {
        return pauses;
    }

    private synchronized void drop(List<byte[]> batch) {
        buffer.drop(
                batch.size(), batch.stream().mapToLong(event -> event.length).sum());
    }

    /// @return false at the end
    private synchronized boolean awaitNextAttempt(long millis) {
        long deadline = System.nanoTime() + millis * 1_000_000;
        long left = millis * 1_000_000;
        while (!closed && (paused || left > 0)) {
            if (!pause(paused ? Long.MAX_VALUE : left)) {
                return false;
            }
            left = deadline - System.nanoTime();
        }
        return !closed;
    }

    /// What has not been delivered never will be. Returns at once; a second call does nothing.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        delivery.close();
    }
}
