package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The README's commands with the AWS CLI, word for word but for the endpoint.
@ExtendWith(SharedServer.class)
class AwsCliIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final HearthServer server;

    @TempDir
    private Path directory;

    AwsCliIT(HearthServer server) {
        this.server = server;
    }

    private Command aws(String... words) {
        List<String> command = new ArrayList<>(
                List.of(Python.awsCli(), "--endpoint-url", server.endpoint().toString(), "--output", "text"));
        command.addAll(List.of(words));
        return Command.run(
                LIMIT,
                directory,
                Map.of(
                        "AWS_ACCESS_KEY_ID", "any",
                        "AWS_SECRET_ACCESS_KEY", "any",
                        "AWS_DEFAULT_REGION", "us-east-1",
                        "AWS_MAX_ATTEMPTS", "1",
                        "AWS_PAGER", ""),
                command);
    }

    private String lambda(String operation, String... words) {
        List<String> command = new ArrayList<>(List.of("lambda", operation));
        command.addAll(List.of(words));
        return aws(command.toArray(String[]::new)).orFail().output().strip();
    }

    private void zip(String file, String word) throws IOException {
        Files.write(
                directory.resolve(file),
                Code.of("app.py", "def handler(event, context):\n    print('said', event)\n    return '" + word + "'\n")
                        .zip());
    }

    private String invoke(String function) throws IOException {
        lambda("invoke", "--function-name", function, "--payload", "{\"n\": 1}", "out.json");
        return Files.readString(directory.resolve("out.json"));
    }

    @Test
    void lifeOfAFunction() throws Exception {
        String name = Lambda.newName("cli");
        zip("one.zip", "one");
        zip("two.zip", "two");
        assertThat(lambda(
                        "create-function",
                        "--function-name",
                        name,
                        "--runtime",
                        Toolchain.pythonRuntime(),
                        "--handler",
                        "app.handler",
                        "--role",
                        Lambda.ROLE,
                        "--zip-file",
                        "fileb://one.zip",
                        "--query",
                        "[State,StateReasonCode,Version]"))
                .isEqualTo("Pending\tCreating\t$LATEST");
        lambda("wait", "function-active-v2", "--function-name", name);
        assertThat(invoke(name)).isEqualTo("\"one\"");
        assertThat(lambda("publish-version", "--function-name", name, "--query", "Version"))
                .isEqualTo("1");
        lambda("update-function-code", "--function-name", name, "--zip-file", "fileb://two.zip");
        lambda("wait", "function-updated-v2", "--function-name", name);
        lambda("create-alias", "--function-name", name, "--name", "live", "--function-version", "1");
        assertThat(invoke(name + ":live")).isEqualTo("\"one\"");
        assertThat(invoke(name)).isEqualTo("\"two\"");
        assertThat(lambda("list-functions", "--query", "Functions[].FunctionName"))
                .contains(name);
        lambda("delete-function", "--function-name", name);
        Command gone = aws("lambda", "get-function", "--function-name", name);
        assertThat(gone.exit()).isNotZero();
        assertThat(gone.output()).contains("ResourceNotFoundException").contains("Function not found: ");
    }

    /// Version 1 of the CLI, the one that pip installs, has no `tail`; it asks with `filter-log-events`, as `tail`
    /// does.
    private boolean hasTail() {
        return aws("--version").output().startsWith("aws-cli/2");
    }

    @Test
    void logsAreRead() throws Exception {
        String name = Lambda.newName("cli");
        zip("one.zip", "one");
        lambda(
                "create-function",
                "--function-name",
                name,
                "--runtime",
                Toolchain.pythonRuntime(),
                "--handler",
                "app.handler",
                "--role",
                Lambda.ROLE,
                "--zip-file",
                "fileb://one.zip");
        lambda("wait", "function-active-v2", "--function-name", name);
        invoke(name);
        String[] read = hasTail()
                ? new String[] {"logs", "tail", "/aws/lambda/" + name, "--format", "short"}
                : new String[] {"logs", "filter-log-events", "--log-group-name", "/aws/lambda/" + name};
        Deadline.await("the log has the call", LIMIT, () -> {
            Command log = aws(read);
            return log.exit() == 0
                    && log.output().contains("REPORT RequestId: ")
                    && log.output().contains("said {'n': 1}");
        });
        assertThat(aws("logs", "describe-log-groups", "--query", "logGroups[].logGroupName")
                        .orFail()
                        .output())
                .contains("/aws/lambda/" + name);
    }
}
