package dev.hearth.benchmarks;

import dev.hearth.benchmarks.ReplayPlan.Call;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/// Sends each call at its time, whether or not those before it have been answered.
final class OpenLoop {
    private static final int TOLD_EVERY = 5_000;

    private OpenLoop() {}

    /// What came of one call.
    ///
    /// @param lateNanos how much later than intended it was sent: the generator's own lag
    /// @param start     empty where it failed
    /// @param failure   why it did; empty where it did not
    record Result(Call call, long lateNanos, Optional<Start> start, String failure) {}

    /// Makes one call.
    interface Sender {
        /// @throws WrongAnswerException when the answer is another one than the call asks for
        Start send(long number, Call call) throws IOException, InterruptedException;
    }

    /// Returns when the last call is answered.
    static List<Result> run(List<Call> calls, Sender sender) throws Exception {
        List<Future<Result>> sent = new ArrayList<>(calls.size());
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            for (int i = 0; i < calls.size(); i++) {
                Call call = calls.get(i);
                long number = i;
                long due = begin + call.atNanos();
                awaitTime(due);
                sent.add(callers.submit(() -> send(sender, number, call, due)));
                if ((i + 1) % TOLD_EVERY == 0) {
                    System.err.printf("%,d of %,d calls after %.0f s%n", i + 1, calls.size(), call.atNanos() / 1e9);
                }
            }
        }
        List<Result> results = new ArrayList<>(sent.size());
        for (Future<Result> each : sent) {
            results.add(each.get());
        }
        return results;
    }

    private static void awaitTime(long due) {
        long left = due - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = due - System.nanoTime();
        }
    }

    private static Result send(Sender sender, long number, Call call, long due) throws InterruptedException {
        long late = System.nanoTime() - due;
        try {
            return new Result(call, late, Optional.of(sender.send(number, call)), "");
        } catch (IOException | WrongAnswerException failure) {
            return new Result(call, late, Optional.empty(), String.valueOf(failure.getMessage()));
        }
    }
}
