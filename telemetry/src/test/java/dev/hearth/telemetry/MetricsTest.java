package dev.hearth.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.Headers;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics("1.2.3");

    @Test
    void invocationsAreCountedByFunctionAndOutcome() throws IOException {
        metrics.ran("resize", "succeeded", 1_000_000, 2_000_000_000L);
        metrics.ran("resize", "succeeded", 1_000_000, 2_000_000_000L);
        metrics.notRun("resize", "throttled");
        assertThat(scrape())
                .contains("hearth_invocations_total{function=\"resize\",outcome=\"succeeded\"} 2.0")
                .contains("hearth_invocations_total{function=\"resize\",outcome=\"throttled\"} 1.0")
                .contains("hearth_invocation_duration_seconds_sum{function=\"resize\"} 4.0")
                .contains("hearth_queue_wait_seconds_bucket{function=\"resize\",le=\"0.001\"} 2");
    }

    @Test
    void everyDeclaredMetricIsExposedUnderItsName() throws IOException {
        metrics.ran("f", "succeeded", 1, 1);
        metrics.dispatched("thaw", "first", 600_000);
        metrics.functionError("f", "Runtime.ExitError");
        metrics.started("f", "boot", 1);
        metrics.startFailed("f", "Runtime.ExitError");
        metrics.apiError("ValidationException");
        metrics.streamed("f", 3, 1);
        metrics.watchInstances(() -> Map.of("idle", 3));
        metrics.watchStartedAhead(() -> Map.of("stem", 2));
        metrics.watchDroppedLogEvents(() -> 7);
        metrics.asyncAccepted("f");
        metrics.asyncAttempted("f", "succeeded", 0.25);
        metrics.asyncEnded("f", "dead");
        metrics.watchAsyncEvents(() -> Map.of("pending", 4), () -> 4_096, () -> 12.5);
        String text = scrape();
        for (Metric metric : Metric.values()) {
            assertThat(text).contains("\n" + metric.exposedName());
        }
        assertThat(text)
                .contains("hearth_async_events{state=\"pending\"} 4.0")
                .contains("hearth_async_queued_bytes 4096.0")
                .contains("hearth_async_oldest_seconds 12.5")
                .contains("hearth_async_age_seconds_bucket{function=\"f\",le=\"0.5\"} 1");
        assertThat(text)
                .contains("hearth_started_ahead{kind=\"stem\"} 2.0")
                .contains("hearth_instances{state=\"idle\"} 3.0")
                .endsWith("# EOF\n");
    }

    @Test
    void dispatchIsToldByOriginAndCause() throws IOException {
        metrics.dispatched("thaw", "recold", 600_000);
        metrics.dispatched("warm", "", 60_000);
        assertThat(scrape())
                .contains("hearth_dispatch_seconds_bucket{cause=\"recold\",origin=\"thaw\",le=\"0.001\"} 1")
                .contains("hearth_dispatch_seconds_bucket{cause=\"\",origin=\"warm\",le=\"1.0E-4\"} 1");
    }

    @Test
    void streamedAnswersAreCountedWithTheirBytesAndTheirFirst() throws IOException {
        metrics.streamed("chat", 3_000, 5_000_000);
        metrics.streamed("chat", 0, 0);
        assertThat(scrape())
                .contains("hearth_streamed_invocations_total{function=\"chat\"} 2.0")
                .contains("hearth_streamed_bytes_total{function=\"chat\"} 3000.0")
                .contains("hearth_first_byte_seconds_count{function=\"chat\"} 1");
    }

    @Test
    void deletedFunctionsDistributionsAreForgotten() throws IOException {
        metrics.ran("gone", "succeeded", 1, 1);
        metrics.forget("gone");
        assertThat(scrape()).doesNotContain("duration_seconds_count{function=\"gone\"}");
    }

    private String scrape() throws IOException {
        Response response =
                new MetricsHandler(metrics).handle(Request.of("GET", "/metrics", "", Headers.NONE, new byte[0]));
        return new String(((Response.Body.Bytes) response.body()).bytes(), StandardCharsets.UTF_8);
    }
}
