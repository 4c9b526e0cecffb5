package dev.hearth.telemetry;

import java.util.List;

/// Every metric Hearth exposes: its name, unit, labels and meaning. The reference page `docs/metrics.md` is
/// this list.
public enum Metric {
    INVOCATIONS(
            "hearth_invocations", "counter", "", "Invocations that ended, by how they ended.", "function", "outcome"),
    INVOCATION_DURATION(
            "hearth_invocation_duration",
            "histogram",
            "seconds",
            "From an instance being assigned to the function's answer.",
            "function"),
    QUEUE_WAIT(
            "hearth_queue_wait",
            "histogram",
            "seconds",
            "From the request being read to an instance being assigned.",
            "function"),
    DISPATCH(
            "hearth_dispatch",
            "histogram",
            "seconds",
            "From the request being read to the handler being entered, by where the instance came from and why it was"
                    + " none that idled.",
            "origin",
            "cause"),
    STARTS(
            "hearth_starts",
            "counter",
            "",
            "Instances that became ready, by where they came from.",
            "function",
            "origin"),
    START_DURATION(
            "hearth_start_duration",
            "histogram",
            "seconds",
            "From the decision to start an instance to its asking for the first event.",
            "origin"),
    START_FAILURES(
            "hearth_start_failures",
            "counter",
            "",
            "Instances that did not become ready, by the error.",
            "function",
            "error"),
    FUNCTION_ERRORS(
            "hearth_function_errors",
            "counter",
            "",
            "Invocations whose function failed, by the error type it reported or broke with.",
            "function",
            "error"),
    STREAMED_INVOCATIONS(
            "hearth_streamed_invocations", "counter", "", "Invocations whose answer was streamed.", "function"),
    STREAMED_BYTES(
            "hearth_streamed_bytes", "counter", "", "Bytes of streamed answers, as functions wrote them.", "function"),
    FIRST_BYTE(
            "hearth_first_byte",
            "histogram",
            "seconds",
            "From the request being read to the first byte of a streamed answer.",
            "function"),
    INSTANCES("hearth_instances", "gauge", "", "Instances that exist now, by state.", "state"),
    STARTED_AHEAD(
            "hearth_started_ahead",
            "gauge",
            "",
            "Runtimes that were started ahead and are no instances: a stem becomes one, from a zygote they are forked.",
            "kind"),
    API_ERRORS("hearth_api_errors", "counter", "", "Requests answered with an error, by AWS error type.", "code"),
    LOG_EVENTS_DROPPED("hearth_log_events_dropped", "counter", "", "Log events that the disk could not keep up with."),
    ASYNC_ACCEPTED("hearth_async_accepted", "counter", "", "Asynchronous events that were accepted.", "function"),
    ASYNC_ATTEMPTS(
            "hearth_async_attempts",
            "counter",
            "",
            "Calls of functions with asynchronous events, by how they ended.",
            "function",
            "outcome"),
    ASYNC_AGE(
            "hearth_async_age",
            "histogram",
            "seconds",
            "From an asynchronous event being accepted, or redriven, to its function being called, at every attempt.",
            "function"),
    ASYNC_ENDED(
            "hearth_async_ended",
            "counter",
            "",
            "Asynchronous events, and records of them, that left the queue: `delivered`, `handed_on` to a destination,"
                    + " `dead`, `undelivered`, `dropped` with their function, `expired` after having been kept.",
            "function",
            "end"),
    ASYNC_EVENTS(
            "hearth_async_events",
            "gauge",
            "",
            "Asynchronous events that wait (`pending`, `retrying`) or are kept (`dead`, `undelivered`).",
            "state"),
    ASYNC_QUEUED_BYTES("hearth_async_queued", "gauge", "bytes", "What the waiting asynchronous events hold together."),
    ASYNC_OLDEST(
            "hearth_async_oldest",
            "gauge",
            "seconds",
            "For how long the oldest waiting asynchronous event has waited; 0 where none does."),
    BUILD_INFO("hearth_build", "info", "", "Version of this Hearth.", "version");

    private final String metricName;
    private final String type;
    private final String unit;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<String> labels;

    Metric(String metricName, String type, String unit, String description, String... labels) {
        this.metricName = metricName;
        this.type = type;
        this.unit = unit;
        this.description = description;
        this.labels = List.of(labels);
    }

    /// Name without unit and type suffix.
    public String metricName() {
        return metricName;
    }

    /// `counter`, `gauge`, `histogram` or `info`.
    public String type() {
        return type;
    }

    /// `seconds`, or empty for plain numbers.
    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    public List<String> labels() {
        return labels;
    }

    /// The name as it is exposed, with its suffixes.
    public String exposedName() {
        String withUnit = unit.isEmpty() ? metricName : metricName + "_" + unit;
        return switch (type) {
            case "counter" -> withUnit + "_total";
            case "info" -> withUnit + "_info";
            default -> withUnit;
        };
    }

    String[] labelNames() {
        return labels.toArray(String[]::new);
    }
}
