package dev.hearth.events;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides which event runs next: functions take turns, so that one with many or slow events does not keep the others
/// waiting; within a function the first due. No thread, no clock: not safe for use by several threads.
final class Lineup {
    private final int concurrency;
    private final int functionConcurrency;
    private final BackOff backOff;
    private final Map<String, Line> lines = new HashMap<>();

    /// Functions in the order of their turns.
    private final Deque<String> turns = new ArrayDeque<>();

    private int running;

    Lineup(EventsConfig config) {
        this.concurrency = config.concurrency();
        this.functionConcurrency = Math.min(config.functionConcurrency(), concurrency);
        this.backOff = new BackOff(config.minBackOff(), config.maxBackOff());
    }

    void add(Ticket ticket) {
        line(ticket.function()).add(ticket);
    }

    private Line line(String function) {
        Line line = lines.get(function);
        if (line == null) {
            line = new Line();
            lines.put(function, line);
            turns.add(function);
        }
        return line;
    }

    /// The event that is to run now; its place is taken until [#finished].
    Optional<Ticket> take(Instant now) {
        if (running >= concurrency) {
            return Optional.empty();
        }
        for (int i = turns.size(); i > 0; i--) {
            String function = turns.remove();
            Line line = lines.get(function);
            if (line == null || line.isIdle()) {
                lines.remove(function);
                continue;
            }
            turns.add(function);
            Optional<Ticket> next = line.take(now, functionConcurrency);
            if (next.isPresent()) {
                running++;
                return next;
            }
        }
        return Optional.empty();
    }

    /// When [#take] will have something by the clock alone.
    Optional<Instant> nextDue() {
        if (running >= concurrency) {
            return Optional.empty();
        }
        return lines.values().stream()
                .flatMap(line -> line.due(functionConcurrency).stream())
                .min(Instant::compareTo);
    }

    /// A delivery has ended.
    void finished(String function) {
        running--;
        line(function).finished();
    }

    /// A limit kept a function's event from running: the others would meet it too.
    void throttled(String function, Instant now) {
        line(function).throttled(now, backOff);
    }

    /// An event of the function ran.
    void notThrottled(String function) {
        line(function).notThrottled();
    }

    /// Takes out all that waits for a function.
    List<Ticket> drop(String function) {
        Line line = lines.get(function);
        return line == null ? List.of() : line.clear();
    }

    int running() {
        return running;
    }
}
