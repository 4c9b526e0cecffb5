package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class BenchLoadIT {
    private FakeHearth hearth;
    private Shell shell;

    @BeforeEach
    void start() throws IOException {
        hearth = new FakeHearth();
        hearth.has("orders", "python3.13", "app.handler");
        shell = new Shell(hearth.endpoint());
    }

    @AfterEach
    void stop() {
        hearth.close();
    }

    @Test
    void everyStageSendsItsRequestsWithTheEvent() {
        Json report = json("--stage", "200/250ms", "--stage", "200-600/100ms", "--payload", "{\"id\":7}");

        assertThat(hearth.lastEvent).isEqualTo("{\"id\":7}");
        assertThat(report.get("stages").items())
                .extracting(stage -> stage.number("succeeded").orElse(-1L))
                .containsExactly(50L, 40L);
        Json first = report.get("stages").items().getFirst();
        assertThat(first.get("correctedMillis").get("p50").isNull()).isFalse();
        assertThat(first.get("correctedMillis").get("p99").isNull()).isTrue();
        assertThat(first.get("origins").number("warm")).contains(50L);
    }

    @Test
    void correctedLatencyHasTheWaitOfCallersWhoCouldNotEvenSend() {
        hearth.serviceNanos = 30_000_000;

        Json report = json("--stage", "100/100ms", "--outstanding", "1");

        Json stage = report.get("stages").items().getFirst();
        // Ten calls of 30 ms one after the other; the last was due after 90 ms.
        assertThat(millis(stage, "correctedMillis", "max")).isGreaterThan(209.0);
        assertThat(millis(stage, "uncorrectedMillis", "p50"))
                .isGreaterThan(29.0)
                .isLessThan(millis(stage, "correctedMillis", "max"));
        assertThat(report.number("heldBack").orElse(0L)).isPositive();
    }

    @Test
    void startsAmongTheCallsAreCountedWithWhatWasVisible() {
        hearth.starts.strays.addAll(List.of("boot", "thaw"));

        String out =
                shell.run("bench", "load", "orders", "--stage", "100/200ms").out();

        assertThat(out).contains("1 boot, 1 thaw, 18 warm; visible cold >1 ms 5.00%, >10 ms 5.00%, >100 ms 0.00%");
        assertThat(out).contains("CORRECTED p50").contains("no p99 from fewer than 200 samples");
    }

    @Test
    void failuresAreCountedByKindAndNotTimed() {
        hearth.answerToInvoke =
                Response.of(429, "application/json", "{\"Reason\":\"x\"}".getBytes(StandardCharsets.UTF_8));

        Shell.Ran ran = shell.run("bench", "load", "orders", "--stage", "100/50ms");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("5 throttled");
        assertThat(ran.err()).contains("no call of 'orders' succeeded");
    }

    @Test
    void signedCallsAreSignedEach() {
        shell.environment.put("AWS_ACCESS_KEY_ID", "ID");
        shell.environment.put("AWS_SECRET_ACCESS_KEY", "secret");

        shell.run("bench", "load", "orders", "--stage", "100/50ms", "--sign");

        assertThat(hearth.authorizations)
                .extracting(headers -> FakeHearth.of(headers, "Authorization"))
                .filteredOn(
                        signature -> signature.contains("SignedHeaders=content-type;host;x-amz-date;x-hearth-report"))
                .hasSize(5);
    }

    @Test
    void mistypedStageIsAMistakeOfTheCommandLine() {
        assertThat(shell.run("bench", "load", "orders", "--stage", "fast").exitCode())
                .isEqualTo(2);
    }

    private Json json(String... options) {
        var arguments = new ArrayList<>(List.of("bench", "load", "orders", "--json"));
        arguments.addAll(List.of(options));
        Shell.Ran ran = shell.run(arguments.toArray(String[]::new));
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        return Json.parse(ran.out());
    }

    private static double millis(Json stage, String histogram, String percentile) {
        return Double.parseDouble(stage.get(histogram).textOrEmpty(percentile));
    }
}
