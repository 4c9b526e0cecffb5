package dev.hearth.runtime.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.java.FunctionProcess.Client;
import dev.hearth.runtime.java.FunctionProcess.Setup;
import dev.hearth.runtime.java.RuntimeApiServer.Post;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The bootstrap on each JDK of the machine: what AWS's client cannot be compared on, or does otherwise.
class BootstrapIT {
    static List<Path> jdks() throws IOException {
        return Jdks.all();
    }

    private static FunctionProcess start(Path jdk, String handler) throws IOException {
        return new FunctionProcess(new Setup(Client.OURS, jdk, handler));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void answersInvocationsOneAfterTheOther(Path jdk) throws Exception {
        try (FunctionProcess function = start(jdk, "fixture.Values$Shop")) {
            for (int i = 1; i <= 3; i++) {
                Post post = function.invoke("{\"id\":\"o" + i + "\"}");
                assertThat(post.path()).isEqualTo("invocation/id-" + i + "/response");
                assertThat(post.body())
                        .isEqualTo("{\"order\":\"o" + i + "\",\"total\":0,\"day\":[2026,1,31],\"note\":null,"
                                + "\"notANumber\":\"NaN\"}");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void objectsOfTheFunctionsTypesAreMadeForEventsAndInATrainingOnly(Path jdk) throws Exception {
        Setup setup = new Setup(Client.OURS, jdk, "fixture.Rehearsals");
        try (FunctionProcess function = new FunctionProcess(setup)) {
            assertThat(function.invoke("{}").body()).isEqualTo("\"1 made\"");
        }
        Map<String, String> training = Map.of("JAVA_TOOL_OPTIONS", "-Dhearth.training=true");
        try (FunctionProcess function = new FunctionProcess(setup.with(training))) {
            assertThat(function.invoke("{}").body()).isEqualTo("\"2 made\"");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void largeEventsAndAnswersPass(Path jdk) throws Exception {
        String large = "ü".repeat(2_900_000);
        try (FunctionProcess function = start(jdk, "fixture.Methods$Closing")) {
            assertThat(function.invoke(large).body()).isEqualTo(large.toUpperCase(java.util.Locale.ROOT));
            assertThat(function.invoke("small").body()).isEqualTo("SMALL");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void logsAreUtf8AndOneEventALine(Path jdk) throws Exception {
        try (FunctionProcess function = start(jdk, "fixture.Surroundings$Logs")) {
            function.invoke("1");
            assertThat(function.log()).isEqualTo("""
                    out größer
                    err größer
                    plain
                    with line feed
                    as bytes
                    [DEBUG] debug
                    [WARN] warn
                    [ERROR] static error
                    """);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void logsAreJsonOfTheLevelAskedFor(Path jdk) throws Exception {
        Map<String, String> environment = Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON", "AWS_LAMBDA_LOG_LEVEL", "WARN");
        Setup setup = new Setup(Client.OURS, jdk, "fixture.Surroundings$Logs").with(environment);
        try (FunctionProcess function = new FunctionProcess(setup)) {
            function.invoke("1");
            Pattern line = Pattern.compile("\\{\"timestamp\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\","
                    + "\"message\":\"warn\",\"level\":\"WARN\",\"AWSRequestId\":\"id-1\"\\}");
            assertThat(function.log()).containsPattern(line).contains("\"level\":\"ERROR\"");
            assertThat(function.log()).doesNotContain("\"debug\"");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void errorsAreLoggedWithTheirCause(Path jdk) throws Exception {
        try (FunctionProcess function = start(jdk, "fixture.Failures$Throws")) {
            function.invoke("1");
            assertThat(function.log())
                    .startsWith("cannot \"1\" é: java.lang.IllegalStateException\n"
                            + "java.lang.IllegalStateException: cannot \"1\" é\n\tat fixture.Failures$Throws.deep")
                    .contains("Suppressed: java.lang.RuntimeException: suppressed")
                    .contains("Caused by: java.io.IOException: the cause")
                    .doesNotContain("dev.hearth");
            assertThat(function.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void lackOfMemoryIsAnErrorOfTheFunctionAndEndsTheProcess(Path jdk) throws Exception {
        try (FunctionProcess function = start(jdk, "fixture.Failures$Memory")) {
            Post post = function.invoke("1");
            assertThat(post.body())
                    .startsWith("{\"errorMessage\":\"Java heap space\",\"errorType\":\"java.lang.OutOfMemoryError\"");
            assertThat(function.awaitExit()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void endlessRecursionIsAnErrorOfTheFunctionAndEndsTheProcess(Path jdk) throws Exception {
        try (FunctionProcess function = start(jdk, "fixture.Failures$Recursion")) {
            assertThat(function.invoke("1").body()).contains("\"errorType\":\"java.lang.StackOverflowError\"");
            assertThat(function.awaitExit()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void exitOfTheFunctionEndsTheProcessWithoutAnAnswer(Path jdk) throws Exception {
        try (FunctionProcess function = start(jdk, "fixture.Failures$Exits")) {
            assertThat(function.tryInvoke("1", Conversation.HEADERS)).isNull();
            assertThat(function.awaitExit()).isEqualTo(7);
            assertThat(function.log()).isEqualTo("leaving\n");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void constructorThatThrowsIsAnInitError(Path jdk) throws Exception {
        try (FunctionProcess function = start(jdk, "fixture.Failures$ConstructorThrows")) {
            assertThat(function.awaitPost())
                    .isEqualTo(new Post(
                            "init/error",
                            "{\"errorMessage\":\"DB_URL is not set\","
                                    + "\"errorType\":\"java.lang.IllegalArgumentException\"}",
                            "Runtime.BadFunctionCode"));
            assertThat(function.awaitExit()).isEqualTo(1);
            assertThat(function.log()).contains("at fixture.Failures$ConstructorThrows.<init>");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void timeLeftComesFromTheDeadline(Path jdk) throws Exception {
        try (FunctionProcess function = start(jdk, "fixture.Surroundings$TimeLeft")) {
            assertThat(timeLeft(function, System.currentTimeMillis() + 60_000)).isBetween(30_000, 60_000);
            assertThat(timeLeft(function, System.currentTimeMillis() - 1)).isZero();
            assertThat(timeLeft(function, Long.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void contextPrintsAsThatOfAws(Path jdk) throws Exception {
        try (FunctionProcess function = start(jdk, "fixture.Surroundings$Prints")) {
            Map<String, String> headers = new HashMap<>(Conversation.HEADERS);
            headers.put("Lambda-Runtime-Deadline-Ms", "1");
            headers.put("Lambda-Runtime-Client-Context", "{\"client\":{\"app_title\":\"t\"},\"env\":{\"e\":\"v\"}}");
            headers.put("Lambda-Runtime-Cognito-Identity", "{\"cognitoIdentityId\":\"i\"}");
            assertThat(function.invoke("1", headers).body())
                    .isEqualTo("{\"memoryLimit\":256,\"awsRequestId\":\"id-1\",\"logGroupName\":\"/aws/lambda/orders\","
                            + "\"logStreamName\":\"2026/01/31/[7]abc\",\"functionName\":\"orders\","
                            + "\"functionVersion\":\"7\",\"invokedFunctionArn\":"
                            + "\"arn:aws:lambda:us-east-1:123456789012:function:orders:live\","
                            + "\"deadlineTimeInMs\":1,\"cognitoIdentity\":{\"cognitoIdentityId\":\"i\"},"
                            + "\"clientContext\":{\"client\":{\"app_title\":\"t\"},\"env\":{\"e\":\"v\"}},"
                            + "\"xrayTraceId\":"
                            + "\"Root\\u003d1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent\\u003d9a9197af755a6419;Sampled\\u003d1\","
                            + "\"logger\":{\"json\":false,\"minimumLevel\":0}}");
        }
    }

    private static int timeLeft(FunctionProcess function, long deadlineMillis) throws Exception {
        Map<String, String> headers = new HashMap<>(Conversation.HEADERS);
        headers.put("Lambda-Runtime-Deadline-Ms", String.valueOf(deadlineMillis));
        return Integer.parseInt(function.invoke("1", headers).body());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void answerThatTheServiceFindsTooLargeIsNotTheEnd(Path jdk) throws Exception {
        try (FunctionProcess function = start(jdk, "fixture.Methods$Upper")) {
            function.api().respondWith(413);
            function.invoke("a");
            function.api().respondWith(202);
            assertThat(function.invoke("b").body()).isEqualTo("B");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void ownSerializerOfTheFunctionIsUsed(Path jdk, @TempDir Path directory) throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(
                services.resolve("com.amazonaws.services.lambda.runtime.CustomPojoSerializer"),
                "fixture.Surroundings$Shouting");
        Setup setup = new Setup(Client.OURS, jdk, "fixture.Values$Text").withFirst(directory);
        try (FunctionProcess function = new FunctionProcess(setup)) {
            assertThat(function.invoke("x").body()).isEqualTo("<x>! as java.lang.String");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void oldCoreLibraryOfTheFunctionInFrontWorks(Path jdk) throws Exception {
        for (String handler : List.of("fixture.Values$EchoMap", "fixture.Values$EchoOrder", "fixture.Methods::event")) {
            Setup setup = new Setup(Client.OURS, jdk, handler).withBefore(ClassPath.jars("old-core.lib"));
            try (FunctionProcess function = new FunctionProcess(setup)) {
                assertThat(function.invoke("{\"id\":\"a\"}").body()).contains("a");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void missingRuntimeApiIsToldWithItsAddress(Path jdk) throws Exception {
        Setup setup = new Setup(Client.OURS, jdk, "fixture.Methods$Upper")
                .with(Map.of("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:1"));
        try (FunctionProcess function = new FunctionProcess(setup)) {
            assertThat(function.awaitExit()).isEqualTo(1);
            assertThat(function.log()).startsWith("Cannot reach the Runtime API at 127.0.0.1:1: ");
        }
    }
}
