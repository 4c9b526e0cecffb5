package dev.hearth.benchmarks;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Load by callers who each send their next request when the last one is answered. One thread and one selector serve
/// all of them, so that the generator takes little of the machine that it shares with what it measures.
final class ClosedLoop {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private ClosedLoop() {}

    /// What came of it.
    ///
    /// @param callers  how many called at once
    /// @param answers  right answers within the time; a wrong one ends the run instead
    /// @param nanos    how long it took
    /// @param latency  nanoseconds from sending a request to the last byte of its answer
    record Load(int callers, long answers, long nanos, Histogram latency) {
        double perSecond() {
            return answers * 1e9 / nanos;
        }
    }

    /// Calls for `length`; at least one call for each caller.
    ///
    /// @throws WrongAnswerException at the first answer that is not right to the byte
    /// @throws IOException when the target refuses or ends a connection, or does not answer within 30 s
    static Load run(RunningTarget target, int callers, Duration length) throws IOException {
        List<Caller> all = new ArrayList<>();
        try (var selector = Selector.open()) {
            for (int i = 0; i < callers; i++) {
                all.add(new Caller(target, selector));
            }
            return new Run(selector, all, target.target().concurrency()).run(length);
        } finally {
            for (Caller caller : all) {
                caller.close();
            }
        }
    }

    /// One run's state. Callers beyond the target's concurrency wait here, first come first served, and their
    /// latency counts from when they are sent: what is measured is the target, not the queue.
    private static final class Run {
        private final Selector selector;
        private final List<Caller> callers;
        private final int concurrency;
        private final Deque<Caller> waiting = new ArrayDeque<>();
        private final Histogram latency = new Histogram(ANSWER_LIMIT.toNanos() * 2, 3);
        private long sent;
        private int outstanding;
        private @Nullable IOException failure;

        Run(Selector selector, List<Caller> callers, int concurrency) {
            this.selector = selector;
            this.callers = callers;
            this.concurrency = concurrency;
        }

        Load run(Duration length) throws IOException {
            long start = System.nanoTime();
            waiting.addAll(callers);
            sendWaiting();
            long now = start;
            while (now - start < length.toNanos() || latency.getTotalCount() < callers.size()) {
                awaitAnswers();
                sendWaiting();
                now = System.nanoTime();
            }
            long answers = latency.getTotalCount();
            while (outstanding > 0) {
                awaitAnswers();
            }
            return new Load(callers.size(), answers, now - start, latency);
        }

        private void sendWaiting() throws IOException {
            while (outstanding < concurrency && !waiting.isEmpty()) {
                outstanding++;
                waiting.poll().send(++sent);
            }
        }

        private void awaitAnswers() throws IOException {
            if (selector.select(this::receive, ANSWER_LIMIT.toMillis()) == 0) {
                throw new IOException("no answer within " + ANSWER_LIMIT.toSeconds() + " s");
            }
            if (failure != null) {
                throw failure;
            }
        }

        private void receive(SelectionKey key) {
            try {
                Caller caller = (Caller) key.attachment();
                long nanos = caller.receive();
                if (nanos >= 0) {
                    outstanding--;
                    latency.recordValue(nanos);
                    waiting.add(caller);
                }
            } catch (IOException refused) {
                failure = refused;
            }
        }
    }
}
