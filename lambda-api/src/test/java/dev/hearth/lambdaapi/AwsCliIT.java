package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The AWS CLI uses the API, signed. Needs `aws` on the path.
class AwsCliIT {
    @TempDir
    Path directory;

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.signed();
        Files.write(directory.resolve("f.zip"), TestApi.zipBytes("one"));
        Files.writeString(directory.resolve("event.json"), "{\"a\": 1}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Script.Result aws(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("aws", "lambda"));
        command.addAll(List.of(arguments));
        return Script.run(directory, server.endpoint(), TestServer.KEY, command);
    }

    private JsonNode json(String... arguments) throws IOException, InterruptedException {
        Script.Result result = aws(arguments);
        assertThat(result.exit()).as(result.output()).isZero();
        return TestApi.MAPPER.readTree(result.output());
    }

    @Test
    void deploysInvokesPublishesAndDeletes() throws IOException, InterruptedException {
        json(
                "create-function",
                "--function-name",
                "f",
                "--runtime",
                "python3.13",
                "--handler",
                "index.handler",
                "--role",
                TestApi.ROLE,
                "--zip-file",
                "fileb://f.zip",
                "--environment",
                "Variables={KEY=b}");
        JsonNode invoked = json("invoke", "--function-name", "f", "--payload", "fileb://event.json", "answer.json");
        assertThat(invoked.get("ExecutedVersion").asString()).isEqualTo("$LATEST");
        assertThat(Files.readString(directory.resolve("answer.json"))).isEqualTo("{\"a\": 1}");
        json("update-function-code", "--function-name", "f", "--zip-file", "fileb://f.zip");
        assertThat(json("publish-version", "--function-name", "f")
                        .get("Version")
                        .asString())
                .isEqualTo("1");
        json("create-alias", "--function-name", "f", "--name", "live", "--function-version", "1");
        assertThat(json("list-functions").get("Functions").size()).isEqualTo(1);
        assertThat(aws("delete-function", "--function-name", "f").exit()).isZero();

        Script.Result gone = aws("get-function", "--function-name", "f");
        assertThat(gone.exit()).isNotZero();
        assertThat(gone.output()).contains("(ResourceNotFoundException)", "Function not found: ");
    }
}
