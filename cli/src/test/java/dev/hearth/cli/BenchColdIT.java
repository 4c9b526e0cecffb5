package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BenchColdIT {
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
    void visibleColdIsTheDispatchBeyondTheMedianWarmOne() {
        Json report = json("--origin", "boot", "--origin", "thaw", "--samples", "3");

        assertThat(origin(report, "warm").get("visibleColdMillis").textOrEmpty("p50"))
                .isEqualTo("0.000");
        assertThat(origin(report, "thaw").get("visibleColdMillis").textOrEmpty("p50"))
                .isEqualTo("0.400");
        Json boot = origin(report, "boot");
        assertThat(boot.get("visibleColdMillis").textOrEmpty("p50")).isEqualTo("75.300");
        assertThat(boot.get("visibleColdMillis").get("p99").isNull()).isTrue();
        assertThat(boot.get("visibleColdShareAbove").textOrEmpty("10ms")).isEqualTo("1.0000");
        assertThat(boot.get("visibleColdShareAbove").textOrEmpty("100ms")).isEqualTo("0.0000");
        assertThat(boot.get("firstResponseMillis").textOrEmpty("p50")).isEqualTo("76.700");
        assertThat(boot.get("causes").number("recold")).contains(3L);
    }

    @Test
    void waterfallSaysWhereTheTimeWent() {
        List<Json> phases = origin(json("--origin", "boot", "--samples", "1"), "boot")
                .get("phases")
                .items();

        assertThat(phases)
                .extracting(phase -> phase.textOrEmpty("phase") + " " + phase.textOrEmpty("millis"))
                .containsExactly(
                        "queue 0.100",
                        "sandbox 5.000",
                        "runtime 20.000",
                        "code 40.000",
                        "init 10.000",
                        "hand over 0.500",
                        "handler 1.000",
                        "answer 0.100");
    }

    @Test
    void sampleOfAnotherOriginIsDiscardedAndCounted() {
        hearth.starts.strays.addAll(List.of("warm", "warm", "warm", "warm", "warm"));

        Json report = json("--origin", "thaw", "--samples", "3");

        Json thaw = origin(report, "thaw");
        assertThat(thaw.number("n")).contains(3L);
        assertThat(thaw.get("discarded").number("warm")).contains(2L);
    }

    @Test
    void originThatCannotBeHadIsNamedAndFailsOnlyWhenAskedFor() {
        hearth.starts.instead.put("restore", "boot");

        Shell.Ran all = shell.run("bench", "cold", "orders", "--samples", "2");
        assertThat(all.exitCode()).as(all.err()).isZero();
        assertThat(all.out()).contains("restore  0", "the server would answer from boot");

        Shell.Ran asked = shell.run("bench", "cold", "orders", "--samples", "2", "--origin", "restore");
        assertThat(asked.exitCode()).isEqualTo(3);
        assertThat(asked.err()).contains("restore not available here: the server would answer from boot");
    }

    @Test
    void tableSaysWhyThereIsNoTail() {
        String out = shell.run("bench", "cold", "orders", "--samples", "2").out();

        assertThat(out).contains("no p99 from fewer than 200 samples").contains("VISIBLE p50");
        assertThat(out).contains("load").contains("page cache").contains(System.getProperty("os.version"));
    }

    @Test
    void everyOriginIsForcedWithTheQualifierBeforeEachSample() {
        shell.run("bench", "cold", "orders", "--samples", "1", "--origin", "boot", "--qualifier", "live");

        assertThat(hearth.requests)
                .containsSubsequence(
                        "POST /_hearth/functions/orders/arrange?origin=warm&Qualifier=live",
                        "POST /2015-03-31/functions/orders/invocations?Qualifier=live",
                        "POST /_hearth/functions/orders/arrange?origin=boot&Qualifier=live",
                        "POST /2015-03-31/functions/orders/invocations?Qualifier=live");
    }

    @Test
    void functionThatAnswersWithAnErrorIsNotMeasured() {
        hearth.answerToInvoke = Response.of(
                        200, "application/json", "{\"errorType\":\"KeyError\"}".getBytes(StandardCharsets.UTF_8))
                .with("X-Amz-Function-Error", "Unhandled");

        Shell.Ran ran = shell.run("bench", "cold", "orders");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("KeyError").contains("--payload");
    }

    @Test
    void mistypedOriginsAndFunctionsAreNamed() {
        assertThat(shell.run("bench", "cold", "orders", "--origin", "ice"))
                .returns(2, Shell.Ran::exitCode)
                .satisfies(ran -> assertThat(ran.err()).contains("no origin 'ice'"));
        assertThat(shell.run("bench", "cold", "ordres"))
                .returns(3, Shell.Ran::exitCode)
                .satisfies(ran -> assertThat(ran.err()).contains("Did you mean 'orders'?"));
        assertThat(shell.run("bench")).returns(2, Shell.Ran::exitCode);
    }

    private Json json(String... options) {
        var arguments = new java.util.ArrayList<>(List.of("bench", "cold", "orders", "--json"));
        arguments.addAll(List.of(options));
        Shell.Ran ran = shell.run(arguments.toArray(String[]::new));
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        return Json.parse(ran.out());
    }

    private static Json origin(Json report, String name) {
        return report.get("origins").items().stream()
                .filter(origin -> origin.textOrEmpty("origin").equals(name))
                .findFirst()
                .orElseThrow();
    }
}
