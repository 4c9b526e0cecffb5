package dev.hearth.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;

/// What one target did in one round.
///
/// @param target    the target's name
/// @param callers   how many called at once
/// @param round     from 1
/// @param answers   how many right answers
/// @param perSecond answers per second
/// @param p50Micros median latency
/// @param p99Micros 99th percentile
/// @param maxMicros longest latency
/// @param cpuMicros CPU time that the target's processes took for one answer, microseconds
record Turn(
        String target,
        int callers,
        int round,
        long answers,
        double perSecond,
        double p50Micros,
        double p99Micros,
        double maxMicros,
        double cpuMicros) {

    static Turn take(RunningTarget running, int callers, int round, Duration length) throws IOException {
        Duration cpuBefore = cpu(running);
        ClosedLoop.Load load = ClosedLoop.run(running, callers, length);
        Duration cpu = cpu(running).minus(cpuBefore);
        return new Turn(
                running.target().name(),
                callers,
                round,
                load.answers(),
                load.perSecond(),
                load.latency().getValueAtPercentile(50) / 1e3,
                load.latency().getValueAtPercentile(99) / 1e3,
                load.latency().getMaxValue() / 1e3,
                cpu.toNanos() / 1e3 / load.answers());
    }

    /// Of the script, what it started, and what those started; processes that ended meanwhile are lost to it.
    private static Duration cpu(RunningTarget running) {
        ProcessHandle root = running.process().toHandle();
        return Stream.concat(Stream.of(root), root.descendants())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
