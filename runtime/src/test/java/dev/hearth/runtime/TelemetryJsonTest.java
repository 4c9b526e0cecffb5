package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Golden documents: what AWS's guide shows for each event.
class TelemetryJsonTest {
    private static final long TIME = Instant.parse("2022-10-12T00:00:15.064Z").toEpochMilli();
    private static final String TRACE = "Root=1-62e900b2-710d76f009d6e7785905449a;Parent=0efbd19962d95b05;Sampled=1";
    private static final String TRACING = "\"tracing\":{\"type\":\"X-Amzn-Trace-Id\",\"value\":\"" + TRACE + "\"}";

    @Test
    void initialisation() {
        assertThat(telemetry(new TelemetryEvent.InitStart("f", "$LATEST", "2022/10/12/[$LATEST]ab", 134_217_728)))
                .isEqualTo(event(
                        "platform.initStart",
                        "{\"initializationType\":\"on-demand\",\"phase\":\"init\",\"functionName\":\"f\","
                                + "\"functionVersion\":\"$LATEST\",\"instanceId\":\"2022/10/12/[$LATEST]ab\","
                                + "\"instanceMaxMemory\":134217728}"));
        assertThat(telemetry(new TelemetryEvent.InitRuntimeDone(TelemetryStatus.SUCCESS, "")))
                .isEqualTo(event(
                        "platform.initRuntimeDone",
                        "{\"initializationType\":\"on-demand\",\"phase\":\"init\",\"status\":\"success\"}"));
        assertThat(telemetry(new TelemetryEvent.InitReport(TelemetryStatus.ERROR, "Runtime.ExitError", 125_330_000)))
                .isEqualTo(event(
                        "platform.initReport",
                        "{\"initializationType\":\"on-demand\",\"phase\":\"init\",\"status\":\"error\","
                                + "\"errorType\":\"Runtime.ExitError\",\"metrics\":{\"durationMs\":125.33}}"));
    }

    @Test
    void extensions() {
        var state = new TelemetryEvent.ExtensionState("my-ext", "Ready", List.of("INVOKE", "SHUTDOWN"));
        String record = "{\"name\":\"my-ext\",\"state\":\"Ready\",\"events\":[\"INVOKE\",\"SHUTDOWN\"]}";
        assertThat(telemetry(state)).isEqualTo(event("platform.extension", record));
        assertThat(logs(state)).isEqualTo(event("platform.extension", record));
        var subscribed =
                new TelemetryEvent.Subscribed("my-ext", List.of(TelemetryType.PLATFORM, TelemetryType.FUNCTION));
        String types = "{\"name\":\"my-ext\",\"state\":\"Subscribed\",\"types\":[\"platform\",\"function\"]}";
        assertThat(telemetry(subscribed)).isEqualTo(event("platform.telemetrySubscription", types));
        assertThat(logs(subscribed)).isEqualTo(event("platform.logsSubscription", types));
    }

    @Test
    void invocation() {
        assertThat(telemetry(new TelemetryEvent.Start("6d68ca91", "$LATEST", TRACE)))
                .isEqualTo(event(
                        "platform.start", "{\"requestId\":\"6d68ca91\",\"version\":\"$LATEST\"," + TRACING + "}"));
        var spans = List.of(
                new TelemetryEvent.Span("responseLatency", TIME, 23_020_000),
                new TelemetryEvent.Span("responseDuration", TIME + 23, 80_000_000));
        var done =
                new TelemetryEvent.RuntimeDone("6d68ca91", TelemetryStatus.SUCCESS, "", 140_000_000, 16, spans, TRACE);
        assertThat(telemetry(done))
                .isEqualTo(event(
                        "platform.runtimeDone",
                        "{\"requestId\":\"6d68ca91\",\"status\":\"success\"," + TRACING + ",\"spans\":["
                                + "{\"name\":\"responseLatency\",\"start\":\"2022-10-12T00:00:15.064Z\",\"durationMs\":23.02},"
                                + "{\"name\":\"responseDuration\",\"start\":\"2022-10-12T00:00:15.087Z\",\"durationMs\":80.0}],"
                                + "\"metrics\":{\"durationMs\":140.0,\"producedBytes\":16}}"));
        assertThat(telemetry(report(397_680_000)))
                .isEqualTo(event(
                        "platform.report",
                        "{\"requestId\":\"6d68ca91\",\"status\":\"timeout\",\"metrics\":{\"durationMs\":693.92,"
                                + "\"billedDurationMs\":694,\"memorySizeMB\":128,\"maxMemoryUsedMB\":84,"
                                + "\"initDurationMs\":397.68}}"));
        assertThat(telemetry(new TelemetryEvent.End("6d68ca91"))).isEmpty();
    }

    @Test
    void invocationByTheLogsApi() {
        assertThat(logs(new TelemetryEvent.Start("6d68ca91", "1", TRACE)))
                .isEqualTo(event("platform.start", "{\"requestId\":\"6d68ca91\",\"version\":\"1\"}"));
        assertThat(logs(new TelemetryEvent.End("6d68ca91")))
                .isEqualTo(event("platform.end", "{\"requestId\":\"6d68ca91\"}"));
        assertThat(logs(report(0)))
                .isEqualTo(event(
                        "platform.report",
                        "{\"requestId\":\"6d68ca91\",\"metrics\":{\"durationMs\":693.92,\"billedDurationMs\":694,"
                                + "\"memorySizeMB\":128,\"maxMemoryUsedMB\":84}}"));
        var done = new TelemetryEvent.RuntimeDone("6d68ca91", TelemetryStatus.FAILURE, "X", 1, -1, List.of(), TRACE);
        assertThat(logs(done)).isEmpty();
        assertThat(encode(TelemetrySchema.LOGS_2021_03_18, false, done))
                .isEqualTo(event("platform.runtimeDone", "{\"requestId\":\"6d68ca91\",\"status\":\"failure\"}"));
    }

    @Test
    void faultsAreOfTheLogsApiAndInitialisationsAreNot() {
        var fault = new TelemetryEvent.Fault("RequestId: d783 Process exited before completing request");
        assertThat(logs(fault))
                .isEqualTo(event("platform.fault", "\"RequestId: d783 Process exited before completing request\""));
        assertThat(telemetry(fault)).isEmpty();
        assertThat(logs(new TelemetryEvent.InitRuntimeDone(TelemetryStatus.SUCCESS, "")))
                .isEmpty();
    }

    @Test
    void droppedEvents() {
        var dropped = new TelemetryEvent.Dropped(123, 12_345);
        String record = "{\"droppedBytes\":12345,\"droppedRecords\":123,\"reason\":\"Consumer seems to have fallen "
                + "behind as it has not acknowledged receipt of logs.\"}";
        assertThat(telemetry(dropped)).isEqualTo(event("platform.logsDropped", record));
        assertThat(logs(dropped)).isEqualTo(event("platform.logsDropped", record));
    }

    @Test
    void linesAreTextWhateverIsInThem() {
        var line = new TelemetryEvent.Line(TelemetryType.FUNCTION, "a \"b\"\n\u0001\u00e9");
        assertThat(telemetry(line)).isEqualTo(event("function", "\"a \\\"b\\\"\\n\\u0001\u00e9\""));
        assertThat(telemetry(new TelemetryEvent.Line(TelemetryType.EXTENSION, "x")))
                .isEqualTo(event("extension", "\"x\""));
    }

    @Test
    void linesOfFunctionsThatLogJsonAreObjectsSinceTheSecondSchema() {
        String json = "{\"level\":\"INFO\",\"message\":\"hi\"}";
        String quoted = "\"{\\\"level\\\":\\\"INFO\\\",\\\"message\\\":\\\"hi\\\"}\"";
        var line = new TelemetryEvent.Line(TelemetryType.FUNCTION, json);
        assertThat(encode(TelemetrySchema.V2022_12_13, true, line)).isEqualTo(event("function", json));
        assertThat(encode(TelemetrySchema.V2022_12_13, false, line)).isEqualTo(event("function", quoted));
        assertThat(encode(TelemetrySchema.V2022_07_01, true, line)).isEqualTo(event("function", quoted));
        assertThat(encode(TelemetrySchema.LOGS_2021_03_18, true, line)).isEqualTo(event("function", quoted));
        var twoLines = new TelemetryEvent.Line(TelemetryType.FUNCTION, "{\n}");
        assertThat(encode(TelemetrySchema.V2025_01_29, true, twoLines)).isEqualTo(event("function", "\"{\\n}\""));
        var broken = new TelemetryEvent.Line(TelemetryType.FUNCTION, "{\"level\":");
        assertThat(encode(TelemetrySchema.V2025_01_29, true, broken))
                .isEqualTo(event("function", "\"{\\\"level\\\":\""));
    }

    private static TelemetryEvent.Report report(long initNanos) {
        return new TelemetryEvent.Report(
                "6d68ca91", TelemetryStatus.TIMEOUT, "", 693_920_000, 128, 84, initNanos, List.of(), "");
    }

    private static String event(String type, String record) {
        return "{\"time\":\"2022-10-12T00:00:15.064Z\",\"type\":\"" + type + "\",\"record\":" + record + "}";
    }

    private static String telemetry(TelemetryEvent event) {
        return encode(TelemetrySchema.V2022_07_01, false, event);
    }

    private static String logs(TelemetryEvent event) {
        return encode(TelemetrySchema.LOGS_2020_08_15, false, event);
    }

    /// Empty for an event that the schema has not.
    private static String encode(TelemetrySchema schema, boolean jsonLogs, TelemetryEvent event) {
        byte[] json = new TelemetryJson(schema, jsonLogs).encode(event, TIME);
        return json == null ? "" : new String(json, UTF_8);
    }
}
