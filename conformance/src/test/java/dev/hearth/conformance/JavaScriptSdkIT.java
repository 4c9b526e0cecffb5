package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The API as the AWS SDK for JavaScript 3 sees it, where requests must be signed: waiters, paginators, exception
/// classes, presigned URLs; one test for each check of `javascript_checks.cjs`.
class JavaScriptSdkIT {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @TestFactory
    Stream<DynamicTest> checks(@TempDir Path directory) throws IOException {
        Path modules = JavaScript.modules();
        Path zip = directory.resolve("echo.zip");
        Files.write(zip, Code.of("bootstrap", Shell.loop("""
                        if [ "$event" = '"fail"' ]; then fail Asked; else answer "$event"; fi""")).zip());
        Path data = HearthServer.newData();
        Command run;
        try (var server = HearthServer.start(data, "accessKeys: [{id: AKIAFIRST, secret: first/secret+1}]\n")) {
            run = Command.run(
                    LIMIT,
                    Path.of("src", "test", "resources", "scripts"),
                    Map.of("NODE_PATH", modules.toString()),
                    List.of("node", "javascript_checks.cjs", server.endpoint().toString(), zip.toString()));
        } finally {
            HearthServer.delete(data);
        }
        assertThat(run.exit()).as(run.output()).isZero();
        List<String> lines = run.output()
                .lines()
                .filter(line -> line.startsWith("ok ") || line.startsWith("FAILED "))
                .toList();
        assertThat(lines).as(run.output()).hasSize(9);
        return lines.stream()
                .map(line -> dynamicTest(
                        line.split("[ :]")[1], () -> assertThat(line).startsWith("ok ")));
    }
}
