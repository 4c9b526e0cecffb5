package dev.hearth.telemetry;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Counts what happens. The series of a function are looked up once and kept, so that counting an invocation
/// allocates nothing.
public final class Metrics {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double[] SECONDS = {
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300,
        900
    };

    /// Events may wait for hours.
    private static final double[] AGES = {
        0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 120, 180, 300, 600, 1_800, 3_600, 7_200, 21_600
    };

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter invocations = counter(Metric.INVOCATIONS);
    private final Histogram duration = histogram(Metric.INVOCATION_DURATION);
    private final Histogram queueWait = histogram(Metric.QUEUE_WAIT);
    private final Histogram dispatch = histogram(Metric.DISPATCH);
    private final ConcurrentHashMap<String, DistributionDataPoint> idleDispatch = new ConcurrentHashMap<>();
    private final Counter starts = counter(Metric.STARTS);
    private final Histogram startDuration = histogram(Metric.START_DURATION);
    private final Counter startFailures = counter(Metric.START_FAILURES);
    private final Counter functionErrors = counter(Metric.FUNCTION_ERRORS);
    private final Counter streamedInvocations = counter(Metric.STREAMED_INVOCATIONS);
    private final Counter streamedBytes = counter(Metric.STREAMED_BYTES);
    private final Histogram firstByte = histogram(Metric.FIRST_BYTE);
    private final Counter apiErrors = counter(Metric.API_ERRORS);
    private final Counter asyncAccepted = counter(Metric.ASYNC_ACCEPTED);
    private final Counter asyncAttempts = counter(Metric.ASYNC_ATTEMPTS);
    private final Histogram asyncAge = histogram(Metric.ASYNC_AGE, AGES);
    private final Counter asyncEnded = counter(Metric.ASYNC_ENDED);
    private final ConcurrentHashMap<String, FunctionSeries> functions = new ConcurrentHashMap<>();

    /// @param version the version of this Hearth
    public Metrics(String version) {
        Info info = Info.builder()
                .name(Metric.BUILD_INFO.metricName())
                .help(Metric.BUILD_INFO.description())
                .labelNames(Metric.BUILD_INFO.labelNames())
                .register(registry);
        info.addLabelValues(version);
    }

    /// An invocation ended without having had an instance.
    public void notRun(String function, String outcome) {
        of(function).outcome(outcome).inc();
    }

    /// An invocation that had an instance ended.
    public void ran(String function, String outcome, long queueNanos, long durationNanos) {
        FunctionSeries series = of(function);
        series.outcome(outcome).inc();
        series.queueWait().observe(queueNanos / NANOS_PER_SECOND);
        series.duration().observe(durationNanos / NANOS_PER_SECOND);
    }

    /// A handler was entered.
    ///
    /// @param cause why the instance was none that idled; empty where it was
    public void dispatched(String origin, String cause, long nanos) {
        // labelValues hashes a list: what every warm call would do is done once.
        DistributionDataPoint point = cause.isEmpty()
                ? idleDispatch.computeIfAbsent(origin, o -> dispatch.labelValues(o, ""))
                : dispatch.labelValues(origin, cause);
        point.observe(nanos / NANOS_PER_SECOND);
    }

    /// A function failed.
    public void functionError(String function, String errorType) {
        functionErrors.labelValues(function, errorType).inc();
    }

    /// A streamed answer ended.
    ///
    /// @param firstByteNanos from the request being read to its first byte; 0 where it had none
    public void streamed(String function, long bytes, long firstByteNanos) {
        streamedInvocations.labelValues(function).inc();
        streamedBytes.labelValues(function).inc(bytes);
        if (firstByteNanos > 0) {
            firstByte.labelValues(function).observe(firstByteNanos / NANOS_PER_SECOND);
        }
    }

    /// An instance became ready.
    public void started(String function, String origin, long nanos) {
        starts.labelValues(function, origin).inc();
        startDuration.labelValues(origin).observe(nanos / NANOS_PER_SECOND);
    }

    /// An instance did not become ready.
    public void startFailed(String function, String errorType) {
        startFailures.labelValues(function, errorType).inc();
    }

    /// A request was answered with an error.
    public void apiError(String awsType) {
        apiErrors.labelValues(awsType).inc();
    }

    /// An asynchronous event was accepted.
    public void asyncAccepted(String function) {
        asyncAccepted.labelValues(function).inc();
    }

    /// A function was called with an asynchronous event.
    public void asyncAttempted(String function, String outcome, double ageSeconds) {
        asyncAttempts.labelValues(function, outcome).inc();
        asyncAge.labelValues(function).observe(ageSeconds);
    }

    /// An asynchronous event left the queue.
    public void asyncEnded(String function, String end) {
        asyncEnded.labelValues(function, end).inc();
    }

    /// The function was deleted: its series end.
    public void forget(String function) {
        functions.remove(function);
        duration.remove(function);
        queueWait.remove(function);
        firstByte.remove(function);
    }

    /// Asks for the number of instances in each state at every scrape.
    public void watchInstances(Supplier<Map<String, Integer>> byState) {
        watch(Metric.INSTANCES, byState);
    }

    /// Asks for the number of runtimes of each kind that were started ahead at every scrape.
    public void watchStartedAhead(Supplier<Map<String, Integer>> byKind) {
        watch(Metric.STARTED_AHEAD, byKind);
    }

    /// Asks for what the queue of asynchronous events holds at every scrape.
    public void watchAsyncEvents(Supplier<Map<String, Integer>> byState, LongSupplier bytes, DoubleSupplier oldest) {
        watch(Metric.ASYNC_EVENTS, byState);
        watch(Metric.ASYNC_QUEUED_BYTES, Unit.BYTES, bytes::getAsLong);
        watch(Metric.ASYNC_OLDEST, Unit.SECONDS, oldest);
    }

    private void watch(Metric metric, Supplier<Map<String, Integer>> byLabel) {
        GaugeWithCallback.builder()
                .name(metric.metricName())
                .help(metric.description())
                .labelNames(metric.labelNames())
                .callback(gauge -> byLabel.get().forEach((label, count) -> gauge.call(count, label)))
                .register(registry);
    }

    private void watch(Metric metric, Unit unit, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(metric.metricName())
                .unit(unit)
                .help(metric.description())
                .callback(gauge -> gauge.call(value.getAsDouble()))
                .register(registry);
    }

    /// Asks for the number of dropped log events at every scrape.
    public void watchDroppedLogEvents(LongSupplier dropped) {
        CounterWithCallback.builder()
                .name(Metric.LOG_EVENTS_DROPPED.metricName())
                .help(Metric.LOG_EVENTS_DROPPED.description())
                .callback(counter -> counter.call((double) dropped.getAsLong()))
                .register(registry);
    }

    PrometheusRegistry registry() {
        return registry;
    }

    private FunctionSeries of(String function) {
        FunctionSeries series = functions.get(function);
        return series != null
                ? series
                : functions.computeIfAbsent(
                        function,
                        name -> new FunctionSeries(
                                name, invocations, duration.labelValues(name), queueWait.labelValues(name)));
    }

    private Counter counter(Metric metric) {
        return Counter.builder()
                .name(metric.metricName())
                .help(metric.description())
                .labelNames(metric.labelNames())
                .register(registry);
    }

    private Histogram histogram(Metric metric) {
        return histogram(metric, SECONDS);
    }

    private Histogram histogram(Metric metric, double[] bounds) {
        return Histogram.builder()
                .name(metric.metricName())
                .unit(Unit.SECONDS)
                .help(metric.description())
                .classicOnly()
                .classicUpperBounds(bounds)
                .labelNames(metric.labelNames())
                .register(registry);
    }
}
