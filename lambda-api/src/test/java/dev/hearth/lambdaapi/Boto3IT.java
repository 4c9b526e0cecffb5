package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.identity.AccessKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// boto3 uses the API as a user would. Needs Python with boto3.
class Boto3IT {
    private static final Path SCRIPT =
            Path.of("src/test/resources/boto3_client.py").toAbsolutePath();

    @TempDir
    Path directory;

    @Test
    void anyCredentialsAreGoodByDefault() throws IOException, InterruptedException {
        try (var server = TestServer.open()) {
            Script.Result result = Script.run(
                    directory, server.endpoint(), new AccessKey("any", "thing"), List.of("python3", SCRIPT.toString()));

            assertThat(result.output()).endsWith("all as expected\n");
            assertThat(result.exit()).isZero();
        }
    }

    @Test
    void signaturesAreCheckedWhenKeysAreConfigured() throws IOException, InterruptedException {
        try (var server = TestServer.signed()) {
            Script.Result result = Script.run(
                    directory,
                    server.endpoint(),
                    TestServer.KEY,
                    List.of("python3", SCRIPT.toString(), TestServer.KEY.id()));

            assertThat(result.output()).endsWith("all as expected\n");
            assertThat(result.exit()).isZero();
        }
    }
}
