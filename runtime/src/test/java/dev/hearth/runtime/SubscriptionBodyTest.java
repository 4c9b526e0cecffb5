package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionBodyTest {
    private static final String HTTP = "{\"protocol\":\"HTTP\",\"URI\":\"http://sandbox.localdomain:8080\"}";

    @Test
    void whatIsLeftOutHasAwssDefaults() {
        assertThat(valid(TelemetryApi.TELEMETRY, body("2022-07-01", "[\"platform\"]", HTTP, null)))
                .isEqualTo(new Subscription(
                        TelemetrySchema.V2022_07_01,
                        List.of(TelemetryType.PLATFORM),
                        new Destination.Http("sandbox.localdomain", 8080, "/", "POST"),
                        new Buffering(10_000, 262_144, 1_000)));
    }

    @Test
    void everythingCanBeSaid() {
        String http = "{\"protocol\":\"HTTP\",\"URI\":\"http://sandbox:1234/lambda/logs?a=b\",\"method\":\"PUT\","
                + "\"encoding\":\"JSON\"}";
        String json = body(
                "2025-01-29",
                "[\"extension\",\"function\",\"extension\"]",
                http,
                "{\"maxItems\":1000,\"maxBytes\":1048576,\"timeoutMs\":25}");
        assertThat(valid(TelemetryApi.TELEMETRY, json))
                .isEqualTo(new Subscription(
                        TelemetrySchema.V2025_01_29,
                        List.of(TelemetryType.EXTENSION, TelemetryType.FUNCTION),
                        new Destination.Http("sandbox", 1234, "/lambda/logs?a=b", "PUT"),
                        new Buffering(1_000, 1_048_576, 25)));
    }

    @Test
    void destinationCanBeAPort() {
        String json = body("2022-12-13", "[\"function\"]", "{\"protocol\":\"TCP\",\"port\":4243}", null);
        assertThat(valid(TelemetryApi.TELEMETRY, json).destination()).isEqualTo(new Destination.Tcp(4243));
    }

    @Test
    void logsApiHasASchemaOfItsOwnAndAVersionByDefault() {
        assertThat(valid(TelemetryApi.LOGS, body(null, "[\"function\"]", HTTP, null))
                        .schema())
                .isEqualTo(TelemetrySchema.LOGS_2020_08_15);
        assertThat(valid(TelemetryApi.LOGS, body("2021-03-18", "[\"function\"]", HTTP, null))
                        .schema())
                .isEqualTo(TelemetrySchema.LOGS_2021_03_18);
        assertThat(invalid(TelemetryApi.LOGS, body("2022-07-01", "[\"function\"]", HTTP, null)))
                .isEqualTo("schemaVersion is not supported");
    }

    @Test
    void allThatIsWrongIsToldAtOnceInAwssWords() {
        String json = body("2022-07-01", "[]", "{\"protocol\":\"HTTP\",\"URI\":\"http://sandbox.localdomain\"}", null);
        assertThat(invalid(TelemetryApi.TELEMETRY, json))
                .isEqualTo("URI port is not provided; types should not be empty");
    }

    @ParameterizedTest
    @CsvSource({
        "maxItems, 1000, 10000",
        "maxBytes, 262144, 1048576",
        "timeoutMs, 25, 30000",
    })
    void bufferingIsTakenAtItsLimitsAndRefusedPastThem(String name, int least, int most) {
        String refusal = "buffering." + name + " should be between " + least + " and " + most;
        assertThat(invalid(buffering(name, least - 1))).isEqualTo(refusal);
        assertThat(valid(TelemetryApi.TELEMETRY, buffering(name, least))).isNotNull();
        assertThat(valid(TelemetryApi.TELEMETRY, buffering(name, most))).isNotNull();
        assertThat(invalid(buffering(name, most + 1))).isEqualTo(refusal);
    }

    @Test
    void destinationsOutsideOfTheSandboxAreRefused() {
        assertThat(invalid(to("http://example.com:80"))).isEqualTo("URI host should be sandbox.localdomain or sandbox");
        assertThat(invalid(to("https://sandbox:80"))).isEqualTo("URI scheme should be http");
        assertThat(invalid(to("http://sandbox:9001"))).isEqualTo("URI port 9001 is reserved");
        assertThat(invalid(to("http://sandbox:65536"))).isEqualTo("URI port should be between 1 and 65535");
        assertThat(invalid(to("no uri"))).isEqualTo("destination.URI is not a URI");
        assertThat(invalid(body("2022-07-01", "[\"function\"]", "{\"protocol\":\"TCP\",\"port\":0}", null)))
                .isEqualTo("destination.port should be between 1 and 65535");
        assertThat(invalid(body("2022-07-01", "[\"function\"]", "{\"protocol\":\"UDP\"}", null)))
                .isEqualTo("destination.protocol should be HTTP or TCP");
    }

    @Test
    void whatIsNoSubscriptionAtAllIsRefused() {
        for (String json : List.of("", "[]", "{\"types\":", "{} {}", "1")) {
            assertThat(invalid(json)).isEqualTo("the body is not a JSON object");
        }
        assertThat(invalid("{}"))
                .isEqualTo("schemaVersion is not provided; destination is not provided; types should not be empty");
        assertThat(invalid(body("2022-07-01", "[\"all\"]", HTTP, null)))
                .isEqualTo("types should be platform, function or extension");
    }

    private static String to(String uri) {
        return body("2022-07-01", "[\"function\"]", "{\"protocol\":\"HTTP\",\"URI\":\"" + uri + "\"}", null);
    }

    private static String buffering(String name, int value) {
        return body("2022-07-01", "[\"function\"]", HTTP, "{\"" + name + "\":" + value + "}");
    }

    private static String body(@Nullable String version, String types, String destination, @Nullable String buffering) {
        return "{" + (version == null ? "" : "\"schemaVersion\":\"" + version + "\",") + "\"types\":" + types
                + (buffering == null ? "" : ",\"buffering\":" + buffering) + ",\"destination\":" + destination + "}";
    }

    private static Subscription valid(TelemetryApi api, String json) {
        return ((SubscriptionBody.Read.Valid) SubscriptionBody.read(api, json.getBytes(UTF_8))).subscription();
    }

    private static String invalid(String json) {
        return invalid(TelemetryApi.TELEMETRY, json);
    }

    private static String invalid(TelemetryApi api, String json) {
        return ((SubscriptionBody.Read.Invalid) SubscriptionBody.read(api, json.getBytes(UTF_8))).message();
    }
}
