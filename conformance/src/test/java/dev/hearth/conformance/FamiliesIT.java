package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What functions have beside code and aliases, and what the API refuses, as boto3 sees it; one test for each check of
/// `family_checks.py`.
class FamiliesIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TestFactory
    Stream<DynamicTest> checks() {
        Path data = HearthServer.newData();
        Command run;
        try (var server = HearthServer.start(data)) {
            run = Command.run(
                    LIMIT,
                    Path.of("src", "test", "resources", "scripts"),
                    Map.of("PYTHONDONTWRITEBYTECODE", "1"),
                    List.of(
                            Python.withBoto3(),
                            "family_checks.py",
                            server.endpoint().toString(),
                            Toolchain.pythonRuntime()));
        }
        HearthServer.delete(data);
        assertThat(run.exit()).as(run.output()).isZero();
        List<String> lines = run.output().lines().toList();
        assertThat(lines).allMatch(line -> line.startsWith("ok ") || line.startsWith("FAILED "));
        assertThat(lines).hasSizeGreaterThan(10);
        return lines.stream()
                .map(line -> dynamicTest(
                        line.split("[ :]")[1], () -> assertThat(line).startsWith("ok ")));
    }
}
