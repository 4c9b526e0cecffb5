package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.FunctionVersion;
import dev.hearth.sandbox.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StemPlanTest {
    private static final Mount BOOTSTRAP = new Mount(Path.of("/data/bootstraps"), "/var/runtime");
    private static final Mount CODE = new Mount(Path.of("/data/code/1"), "/var/task");
    private static final Mount LAYERS = new Mount(Path.of("/data/layers/1"), "/opt");

    private static Optional<StemPlan> stem(String runtime, String handler, Map<String, String> own, Mount... mounts) {
        FunctionVersion version = Versioned.of(runtime, handler, own);
        return StemPlan.of(version.settings(), plan(version, List.of(), mounts));
    }

    private static LaunchPlan plan(FunctionVersion version, List<String> extensions, Mount... mounts) {
        RuntimeId id = RuntimeId.of(version.settings().runtime()).orElseThrow();
        var request = new LaunchRequest(version, Path.of("/data/code/1"), Optional.empty(), "stream");
        Map<String, String> environment = LambdaEnvironment.of(RuntimesConfig.of(Path.of("/data")), id, request);
        return new LaunchPlan(List.of("/usr/bin/python3"), environment, List.of(mounts), extensions);
    }

    @Test
    void functionsOfOneKindHaveOneStemWithNothingOfTheirOwn() {
        StemPlan first = stem(
                        "python3.13", "a.handler", Map.of("SECRET", "s3cret", "TZ", "Asia/Tokyo"), BOOTSTRAP, CODE)
                .orElseThrow();
        StemPlan second =
                stem("python3.13", "b.handler", Map.of(), BOOTSTRAP, LAYERS).orElseThrow();

        assertThat(first).isEqualTo(second);
        assertThat(first.mounts()).containsExactly(BOOTSTRAP);
        assertThat(first.environment())
                .containsOnlyKeys(
                        "PATH", "LD_LIBRARY_PATH", "LANG", "PYTHONPATH", "AWS_LAMBDA_RUNTIME_API", "HEARTH_STEM");
    }

    @Test
    void functionsThatSetWhatARuntimeReadsWhenItStartsHaveNone() {
        for (String name : List.of(
                "PYTHONPATH",
                "NODE_OPTIONS",
                "LD_PRELOAD",
                "LANG",
                "PATH",
                "SSL_CERT_FILE",
                "AWS_LAMBDA_EXEC_WRAPPER")) {
            assertThat(stem("python3.13", "a.handler", Map.of(name, "x"), BOOTSTRAP))
                    .as(name)
                    .isEmpty();
        }
    }

    @Test
    void variablesThatNoProcessCanHaveFailAsInABoot() {
        assertThat(stem("python3.13", "a.handler", Map.of("OWN", "x\0PATH=/own"), BOOTSTRAP))
                .isEmpty();
    }

    @Test
    void functionsWithExtensionsHaveNone() {
        FunctionVersion version = Versioned.of("nodejs22.x", "a.handler", Map.of());

        assertThat(StemPlan.of(version.settings(), plan(version, List.of("agent"), BOOTSTRAP)))
                .isEmpty();
    }

    @Test
    void runtimesWhoseStartHasTheCodeInItHaveNone() {
        assertThat(stem("java21", "a.B", Map.of(), BOOTSTRAP)).isEmpty();
        assertThat(stem("provided.al2023", "a", Map.of(), BOOTSTRAP)).isEmpty();
        assertThat(stem("nodejs22.x", "a.handler", Map.of(), BOOTSTRAP)).isPresent();
    }
}
