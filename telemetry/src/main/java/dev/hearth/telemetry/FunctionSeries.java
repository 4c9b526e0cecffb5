package dev.hearth.telemetry;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.concurrent.ConcurrentHashMap;

/// The series of one function, kept so that they need not be looked up by label values on each invocation.
final class FunctionSeries {
    private final String function;
    private final Counter invocations;
    private final DistributionDataPoint duration;
    private final DistributionDataPoint queueWait;
    private final ConcurrentHashMap<String, CounterDataPoint> byOutcome = new ConcurrentHashMap<>();

    FunctionSeries(
            String function, Counter invocations, DistributionDataPoint duration, DistributionDataPoint queueWait) {
        this.function = function;
        this.invocations = invocations;
        this.duration = duration;
        this.queueWait = queueWait;
    }

    CounterDataPoint outcome(String outcome) {
        CounterDataPoint point = byOutcome.get(outcome);
        return point != null
                ? point
                : byOutcome.computeIfAbsent(outcome, label -> invocations.labelValues(function, label));
    }

    DistributionDataPoint duration() {
        return duration;
    }

    DistributionDataPoint queueWait() {
        return queueWait;
    }
}
