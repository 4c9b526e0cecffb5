package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Events as JSON, by the names and in the forms of AWS.
final class TelemetryJson {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /// AWS's.
    private static final String FALLEN_BEHIND =
            "Consumer seems to have fallen behind as it has not acknowledged receipt of logs.";

    private static final String ON_DEMAND = "\"initializationType\":\"on-demand\",\"phase\":\"init\"";

    private final TelemetrySchema schema;
    private final boolean jsonLogs;

    /// @param jsonLogs whether what the function writes is meant to be JSON
    TelemetryJson(TelemetrySchema schema, boolean jsonLogs) {
        this.schema = schema;
        this.jsonLogs = jsonLogs;
    }

    /// @return null for an event that the schema has not
    byte @Nullable [] encode(TelemetryEvent event, long epochMillis) {
        String rest = schema.api == TelemetryApi.LOGS ? logs(event) : telemetry(event);
        return rest == null ? null : ("{\"time\":\"" + time(epochMillis) + "\"," + rest + "}").getBytes(UTF_8);
    }

    private static String time(long epochMillis) {
        return TIME.format(Instant.ofEpochMilli(epochMillis));
    }

    private @Nullable String telemetry(TelemetryEvent event) {
        return switch (event) {
            case TelemetryEvent.InitStart e -> platform("initStart", initStart(e));
            case TelemetryEvent.InitRuntimeDone(TelemetryStatus status, String error) ->
                platform("initRuntimeDone", ON_DEMAND + status(status, error));
            case TelemetryEvent.InitReport(TelemetryStatus status, String error, long nanos) ->
                platform(
                        "initReport",
                        ON_DEMAND + status(status, error) + ",\"metrics\":{\"durationMs\":" + millis(nanos) + "}");
            case TelemetryEvent.ExtensionState e -> platform("extension", extension(e));
            case TelemetryEvent.Subscribed e -> platform("telemetrySubscription", subscribed(e));
            case TelemetryEvent.Start e ->
                platform("start", requestId(e.requestId()) + version(e) + tracing(e.traceId()));
            case TelemetryEvent.RuntimeDone e -> platform("runtimeDone", runtimeDone(e));
            case TelemetryEvent.Report e -> platform("report", report(e));
            case TelemetryEvent.Dropped e -> platform("logsDropped", dropped(e));
            case TelemetryEvent.Line e -> line(e);
            case TelemetryEvent.End _, TelemetryEvent.Fault _ -> null;
        };
    }

    private @Nullable String logs(TelemetryEvent event) {
        return switch (event) {
            case TelemetryEvent.ExtensionState e -> platform("extension", extension(e));
            case TelemetryEvent.Subscribed e -> platform("logsSubscription", subscribed(e));
            case TelemetryEvent.Start e -> platform("start", requestId(e.requestId()) + version(e));
            case TelemetryEvent.RuntimeDone e ->
                schema == TelemetrySchema.LOGS_2020_08_15
                        ? null
                        : platform("runtimeDone", requestId(e.requestId()) + status(e.status(), ""));
            case TelemetryEvent.End(String requestId) -> platform("end", requestId(requestId));
            case TelemetryEvent.Report e -> platform("report", requestId(e.requestId()) + metrics(e));
            case TelemetryEvent.Fault(String message) -> typed("platform.fault", Json.quote(message));
            case TelemetryEvent.Dropped e -> platform("logsDropped", dropped(e));
            case TelemetryEvent.Line e -> line(e);
            case TelemetryEvent.InitStart _, TelemetryEvent.InitRuntimeDone _, TelemetryEvent.InitReport _ -> null;
        };
    }

    private static String platform(String name, String fields) {
        return typed("platform." + name, "{" + fields + "}");
    }

    private static String typed(String type, String record) {
        return "\"type\":\"" + type + "\",\"record\":" + record;
    }

    private String line(TelemetryEvent.Line line) {
        boolean embedded = jsonLogs
                && line.type() == TelemetryType.FUNCTION
                && schema.compareTo(TelemetrySchema.V2022_12_13) >= 0
                && line.text().indexOf('\n') < 0 // it would be two lines to who gets lines
                && JsonTree.isObject(line.text());
        return typed(line.type().wireName(), embedded ? line.text() : Json.quote(line.text()));
    }

    private static String initStart(TelemetryEvent.InitStart e) {
        return ON_DEMAND + ",\"functionName\":" + Json.quote(e.functionName()) + ",\"functionVersion\":"
                + Json.quote(e.functionVersion()) + ",\"instanceId\":" + Json.quote(e.instanceId())
                + ",\"instanceMaxMemory\":" + e.memoryBytes();
    }

    private static String extension(TelemetryEvent.ExtensionState e) {
        return "\"name\":" + Json.quote(e.name()) + ",\"state\":" + Json.quote(e.state()) + ",\"events\":"
                + list(e.events(), Json::quote);
    }

    private static String subscribed(TelemetryEvent.Subscribed e) {
        return "\"name\":" + Json.quote(e.name()) + ",\"state\":\"Subscribed\",\"types\":"
                + list(e.types(), type -> Json.quote(type.wireName()));
    }

    private static String runtimeDone(TelemetryEvent.RuntimeDone e) {
        String produced = e.producedBytes() < 0 ? "" : ",\"producedBytes\":" + e.producedBytes();
        return requestId(e.requestId()) + status(e.status(), e.errorType()) + tracing(e.traceId()) + spans(e.spans())
                + ",\"metrics\":{\"durationMs\":" + millis(e.nanos()) + produced + "}";
    }

    private static String report(TelemetryEvent.Report e) {
        return requestId(e.requestId())
                + status(e.status(), e.errorType())
                + metrics(e)
                + tracing(e.traceId())
                + spans(e.spans());
    }

    private static String metrics(TelemetryEvent.Report e) {
        String init = e.initNanos() == 0 ? "" : ",\"initDurationMs\":" + millis(e.initNanos());
        return ",\"metrics\":{\"durationMs\":" + millis(e.nanos()) + ",\"billedDurationMs\":"
                + Math.ceilDiv(e.nanos(), 1_000_000L) + ",\"memorySizeMB\":" + e.memoryMib() + ",\"maxMemoryUsedMB\":"
                + e.peakMib() + init + "}";
    }

    private static String dropped(TelemetryEvent.Dropped e) {
        return "\"droppedBytes\":" + e.bytes() + ",\"droppedRecords\":" + e.records() + ",\"reason\":\"" + FALLEN_BEHIND
                + "\"";
    }

    private static String requestId(String id) {
        return "\"requestId\":" + Json.quote(id);
    }

    private static String version(TelemetryEvent.Start e) {
        return ",\"version\":" + Json.quote(e.version());
    }

    private static String status(TelemetryStatus status, String errorType) {
        return ",\"status\":\"" + status.wireName() + "\""
                + (errorType.isEmpty() ? "" : ",\"errorType\":" + Json.quote(errorType));
    }

    private static String tracing(String traceId) {
        return traceId.isEmpty()
                ? ""
                : ",\"tracing\":{\"type\":\"X-Amzn-Trace-Id\",\"value\":" + Json.quote(traceId) + "}";
    }

    private static String spans(List<TelemetryEvent.Span> spans) {
        return spans.isEmpty() ? "" : ",\"spans\":" + list(spans, TelemetryJson::span);
    }

    private static String span(TelemetryEvent.Span span) {
        return "{\"name\":\"" + span.name() + "\",\"start\":\"" + time(span.startEpochMillis()) + "\",\"durationMs\":"
                + millis(span.nanos()) + "}";
    }

    private static <T> String list(List<T> items, Function<T, String> item) {
        return items.stream().map(item).collect(Collectors.joining(",", "[", "]"));
    }

    /// With three decimals at most.
    private static String millis(long nanos) {
        long micros = nanos / 1000;
        return Double.toString(micros / 1000.0);
    }
}
