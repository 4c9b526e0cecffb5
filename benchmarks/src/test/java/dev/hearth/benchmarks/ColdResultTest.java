package dev.hearth.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.benchmarks.ColdCycles.Rung;
import dev.hearth.benchmarks.ColdCycles.Taken;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColdResultTest {
    private static final BenchmarkFunction FUNCTION =
            new BenchmarkFunction("any", "Any", "python3.13", "handler.handle", "nothing", Path.of("function.zip"));

    private static Taken taken(String origin, double dispatchMillis) {
        long nanos = Math.round(dispatchMillis * 1e6);
        return new Taken(Collections.nCopies(200, new Start(origin, "", nanos, nanos, nanos, nanos)), Map.of());
    }

    private static ColdResult result(double thawMillis, double pageinMillis) {
        return new ColdResult(
                FUNCTION,
                Map.of(
                        Rung.WARM, taken("warm", 0.5),
                        Rung.THAW, taken("thaw", 0.5 + thawMillis),
                        Rung.PAGEIN, taken("pagein", 0.5 + pageinMillis),
                        Rung.BOOT, taken("boot", 60.5)));
    }

    @Test
    void promisesHoldAtTheirLimits() {
        assertThat(result(1, 20).promises())
                .containsEntry("thaw p50 ≤ 1 ms", true)
                .containsEntry("thaw p99 ≤ 5 ms", true)
                .containsEntry("thaw ≤ 1/50 boot", true)
                .containsEntry("pagein ≤ 1/3 boot", true);
    }

    @Test
    void slowThawAndSlowPageInBreakThem() {
        assertThat(result(5.1, 20.1).promises().values()).containsOnly(false);
    }

    @Test
    void originThatCouldNotBeHadKeepsNoPromise() {
        var nothing = new ColdResult(FUNCTION, Map.of(Rung.BOOT, taken("boot", 60)));

        assertThat(nothing.promises().values()).containsOnly(false);
    }
}
