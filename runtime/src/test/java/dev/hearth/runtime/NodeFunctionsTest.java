package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.FunctionSettings;
import dev.hearth.sandbox.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeFunctionsTest {
    private final FunctionSettings settings =
            Versioned.of("nodejs22.x", "a.b", Map.of()).settings();

    private static Installation node(String version) {
        return new Installation(version, Path.of("/usr"), Path.of("/usr/bin/node"));
    }

    @Test
    void nodeGetsItsShareOfTheMemory() {
        assertThat(NodeFunctions.arguments(settings, node("22.23.3"), "index.js"))
                .containsExactly(
                        "--expose-gc",
                        "--max-http-header-size=81920",
                        "--max-semi-space-size=25",
                        "--max-old-space-size=460",
                        "/var/runtime/index.js");
    }

    @Test
    void optionThatWouldKeepNewerNodeFromItsCompiledModulesIsLeftToTheBootstrap() {
        assertThat(NodeFunctions.arguments(settings, node("24.0.1"), "index.js"))
                .containsExactly(
                        "--max-http-header-size=81920",
                        "--max-semi-space-size=25",
                        "--max-old-space-size=460",
                        "/var/runtime/index.js");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NODE_COMPILE_CACHE", "NODE_DISABLE_COMPILE_CACHE", "NODE_V8_COVERAGE"})
    void functionThatSaysWhatBecomesOfCompiledCodeKeepsItsSay(String variable) {
        assertThat(NodeFunctions.takesCode(Map.of(variable, "/tmp/mine"))).isFalse();
        assertThat(NodeFunctions.takesCode(Map.of("NODE_OPTIONS", "--no-warnings")))
                .isTrue();
    }

    @Test
    void functionWithCompiledCodeComesFromTheStemOfOneWithout() {
        Mount code = new Mount(Path.of("/code"), "/var/task");
        Mount compiled = new Mount(Path.of("/caches/compiled"), NodeFunctions.MOUNT_POINT);
        Map<String, String> environment = Map.of("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001");
        LaunchPlan without = new LaunchPlan(List.of("node"), environment, List.of(code));
        LaunchPlan with = new LaunchPlan(List.of("node"), environment, List.of(code, compiled));
        assertThat(StemPlan.of(settings, with)).isPresent().isEqualTo(StemPlan.of(settings, without));
        assertThat(StemPlan.own(with)).containsExactly(code, compiled);
    }
}
