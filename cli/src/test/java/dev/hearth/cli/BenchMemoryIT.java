package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BenchMemoryIT {
    private FakeHearth hearth;
    private Shell shell;

    @BeforeEach
    void start() throws IOException {
        hearth = new FakeHearth();
        hearth.has("orders", "python3.13", "app.handler");
        FakeHearth.of(hearth.functions, "orders").put("Environment", Map.of("Variables", Map.of("TABLE", "orders")));
        hearth.starts.fasterWithMemory = true;
        shell = new Shell(hearth.endpoint());
    }

    @AfterEach
    void stop() {
        hearth.close();
    }

    @Test
    void tableWeighsTimeAgainstMoneyAndRecommends() {
        Json report = Json.parse(
                run("--sizes", "128,1769,3008", "--samples", "1", "--json").out());

        List<Json> sizes = report.get("sizes").items();
        assertThat(sizes)
                .extracting(size -> size.textOrEmpty("warmMillis"))
                .containsExactly("1000.000", "72.357", "72.357");
        // 128 MB is an eighth of a GB: a million seconds of it are 125,000 GB-seconds.
        assertThat(sizes.getFirst().textOrEmpty("warmUsdPerMillion")).isEqualTo("2.2833");
        assertThat(report.get("recommendedMb").number("cheapest")).contains(128L);
        assertThat(report.get("recommendedMb").number("fastest")).contains(1769L);
        assertThat(report.get("recommendedMb").number("balanced")).contains(1769L);
    }

    @Test
    void copyHasTheCodeAndSettingsOfTheFunctionAndIsDeletedAfterwards() {
        run("--sizes", "256", "--samples", "1");

        assertThat(hearth.functions).containsOnlyKeys("orders");
        assertThat(hearth.requests)
                .anyMatch(request -> request.matches("PUT .*/functions/orders-bench-[0-9a-f]{6}/configuration"))
                .anyMatch(request -> request.matches("DELETE .*/functions/orders-bench-[0-9a-f]{6}"))
                .anyMatch(request -> request.endsWith("DeleteLogGroup"))
                .noneMatch(request -> request.matches("PUT .*/functions/orders/.*"));
        String copy = hearth.code.keySet().stream()
                .filter(name -> !name.equals("orders"))
                .findFirst()
                .orElseThrow();
        assertThat(hearth.code.get(copy)).isEqualTo(hearth.code.get("orders"));
        assertThat(hearth.created)
                .containsEntry("Environment", Map.of("Variables", Map.of("TABLE", "orders")))
                .containsEntry("Handler", "app.handler")
                .containsEntry("Tags", Map.of("team", "a"));
    }

    @Test
    void logThatInstancesWriteWhileTheyEndIsDeletedToo() {
        hearth.logGroups = 2;

        run("--sizes", "256", "--samples", "1");

        assertThat(hearth.requests.stream().filter(request -> request.endsWith("DeleteLogGroup")))
                .hasSize(3);
    }

    @Test
    void sizeThatIsTooSmallIsARowAndNoFailure() {
        hearth.leastMemoryMb = 512;

        Shell.Ran ran = run("--sizes", "128,512", "--samples", "1");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("Runtime.OutOfMemory").contains("cheapest, fastest, balanced");
        assertThat(run("--sizes", "128", "--samples", "1").exitCode()).isEqualTo(1);
        assertThat(hearth.functions).containsOnlyKeys("orders");
    }

    @Test
    void originThatCannotBeForcedIsAGapInTheTable() {
        hearth.starts.instead.put("thaw", "warm");

        Json size = Json.parse(run("--sizes", "128", "--samples", "1", "--json").out())
                .get("sizes")
                .items()
                .getFirst();

        assertThat(size.get("parkedMillis").isNull()).isTrue();
        assertThat(size.get("coldMillis").isNull()).isFalse();
    }

    @Test
    void ownPriceReplacesThatOfAws() {
        Json report = Json.parse(run("--sizes", "1024", "--samples", "1", "--price", "0.5", "--json")
                .out());

        assertThat(report.textOrEmpty("usdPerGbSecond")).isEqualTo("0.5");
        assertThat(report.get("sizes").items().getFirst().textOrEmpty("warmUsdPerMillion"))
                .isEqualTo("62500.2000");
    }

    @Test
    void optionsOutOfRangeAreMistakesOfTheCommandLine() {
        assertThat(run("--sizes", "64").exitCode()).isEqualTo(2);
        assertThat(run("--samples", "0").exitCode()).isEqualTo(2);
        assertThat(run("--price", "-1").exitCode()).isEqualTo(2);
    }

    private Shell.Ran run(String... options) {
        var arguments = new java.util.ArrayList<>(List.of("bench", "memory", "orders"));
        arguments.addAll(List.of(options));
        return shell.run(arguments.toArray(String[]::new));
    }
}
