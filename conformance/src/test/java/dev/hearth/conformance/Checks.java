package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Runs a script of checks against a server of its own: each check is one test.
final class Checks {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Checks() {}

    /// @param script in `src/test/resources/scripts`, built on `checks.py` there
    /// @param least  how many checks there are at least: a script that stopped early has failed
    static Stream<DynamicTest> of(String script, int least) {
        Path data = HearthServer.newData();
        Command run;
        try (var server = HearthServer.start(data)) {
            run = Command.run(
                    LIMIT,
                    Path.of("src", "test", "resources", "scripts"),
                    Map.of("PYTHONDONTWRITEBYTECODE", "1"),
                    List.of(Python.withBoto3(), script, server.endpoint().toString(), Toolchain.pythonRuntime()));
        }
        HearthServer.delete(data);
        assertThat(run.exit()).as(run.output()).isZero();
        List<String> lines = run.output().lines().toList();
        assertThat(lines).allMatch(line -> line.startsWith("ok ") || line.startsWith("FAILED "));
        assertThat(lines).hasSizeGreaterThanOrEqualTo(least);
        return lines.stream()
                .map(line -> dynamicTest(
                        line.split("[ :]")[1], () -> assertThat(line).startsWith("ok ")));
    }
}
