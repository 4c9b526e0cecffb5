package dev.hearth.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// A small function that is called all the time while another one misbehaves.
final class Neighbour {
    private static final long PAUSE_NANOS = 50_000_000;

    private final Lambda lambda;
    private final String name;

    Neighbour(Lambda lambda) {
        this.lambda = lambda;
        name = lambda.deploy("provided.al2023", "x", Code.of("bootstrap", Shell.loop("answer \"$event\"")));
        lambda.call(name, "0");
    }

    /// What was answered, and what the neighbour saw meanwhile.
    ///
    /// @param millis how long each of the neighbour's calls took
    record Seen<T>(T result, List<Long> millis) {
        long slowest() {
            return millis.stream().mapToLong(Long::longValue).max().orElse(0);
        }
    }

    /// @throws AssertionError when a call of the neighbour was answered wrongly
    <T> Seen<T> during(Supplier<T> misbehaviour) {
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<T> running = other.submit(misbehaviour::get);
            List<Long> millis = new ArrayList<>();
            do {
                long start = System.nanoTime();
                Answer answer = lambda.call(name, "" + millis.size());
                millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
                if (!answer.payload().equals("" + (millis.size() - 1))) {
                    throw new AssertionError("the neighbour was answered " + answer);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            } while (!running.isDone());
            return new Seen<>(running.resultNow(), millis);
        }
    }
}
