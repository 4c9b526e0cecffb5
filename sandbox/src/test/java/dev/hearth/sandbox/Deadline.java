package dev.hearth.sandbox;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// Waits for what other processes do, with an end.
final class Deadline {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private Deadline() {}

    /// Asks until the answer is as wanted; the last answer when the time is over, for the assertion to show.
    static <T> T await(Callable<T> question, Predicate<T> wanted) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        T answer = question.call();
        while (!wanted.test(answer) && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
            answer = question.call();
        }
        return answer;
    }

    /// Freezes it, again where the machine was too busy for that.
    static boolean freeze(Sandbox sandbox) throws Exception {
        return await(sandbox::freeze, done -> done);
    }
}
