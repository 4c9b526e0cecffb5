package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// STS and IAM as boto3 and the AWS CLI see them, where requests must be signed; one test for each check of
/// `identity_checks.py`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentityIT {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Map<String, String> FIRST =
            Map.of("AWS_ACCESS_KEY_ID", "AKIAFIRST", "AWS_SECRET_ACCESS_KEY", "first/secret+1");

    private final Path data = HearthServer.newData();
    private final HearthServer server = HearthServer.start(data, """
            accessKeys:
              - {id: AKIAFIRST, secret: first/secret+1}
              - {id: AKIASECOND, secret: other, account: "222222222222"}
            """);

    @AfterAll
    void stop() {
        server.close();
        HearthServer.delete(data);
    }

    @TestFactory
    Stream<DynamicTest> checks() {
        Command run = Command.run(
                LIMIT,
                Path.of("src", "test", "resources", "scripts"),
                Map.of("PYTHONDONTWRITEBYTECODE", "1"),
                List.of(
                        Python.withBoto3(),
                        "identity_checks.py",
                        server.endpoint().toString(),
                        Toolchain.pythonRuntime()));
        assertThat(run.exit()).as(run.output()).isZero();
        List<String> lines = run.output().lines().toList();
        assertThat(lines).hasSize(12).allMatch(line -> line.startsWith("ok ") || line.startsWith("FAILED "));
        return lines.stream()
                .map(line -> dynamicTest(
                        line.split("[ :]")[1], () -> assertThat(line).startsWith("ok ")));
    }

    private String aws(Map<String, String> credentials, String... words) {
        List<String> command = new ArrayList<>(
                List.of(Python.awsCli(), "--endpoint-url", server.endpoint().toString(), "--output", "text"));
        command.addAll(List.of(words));
        var environment = new java.util.HashMap<>(
                Map.of("AWS_DEFAULT_REGION", "us-east-1", "AWS_MAX_ATTEMPTS", "1", "AWS_PAGER", ""));
        environment.putAll(credentials);
        return Command.run(LIMIT, Path.of("."), environment, command)
                .orFail()
                .output()
                .strip();
    }

    @Test
    void assumedRoleCallsLambdaWithTheCommandLine() {
        assertThat(aws(FIRST, "sts", "get-caller-identity", "--query", "Account"))
                .isEqualTo("000000000000");
        assertThat(aws(
                        FIRST,
                        "iam",
                        "create-role",
                        "--role-name",
                        "cli",
                        "--assume-role-policy-document",
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                                + "{\"AWS\":\"*\"},\"Action\":\"sts:AssumeRole\"}]}",
                        "--query",
                        "Role.Arn"))
                .isEqualTo("arn:aws:iam::000000000000:role/cli");
        String[] given = aws(
                        FIRST,
                        "sts",
                        "assume-role",
                        "--role-arn",
                        "arn:aws:iam::000000000000:role/cli",
                        "--role-session-name",
                        "me",
                        "--query",
                        "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]")
                .split("\\s+");
        Map<String, String> session =
                Map.of("AWS_ACCESS_KEY_ID", given[0], "AWS_SECRET_ACCESS_KEY", given[1], "AWS_SESSION_TOKEN", given[2]);

        assertThat(aws(session, "sts", "get-caller-identity", "--query", "Arn"))
                .isEqualTo("arn:aws:sts::000000000000:assumed-role/cli/me");
        assertThat(aws(session, "lambda", "list-functions", "--query", "length(Functions)"))
                .matches("\\d+");
    }
}
