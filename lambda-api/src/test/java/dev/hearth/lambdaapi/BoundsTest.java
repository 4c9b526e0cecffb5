package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Members of what functions have beside their settings, and of what belongs to the account: each at its bounds, and
/// one past them.
class BoundsTest {
    private static final String EVENT_INVOKE = "/2019-09-25/functions/f/event-invoke-config";
    private static final String URL = "/2021-10-31/functions/f/url";
    private static final String CODE_SIGNING = "/2020-04-22/code-signing-configs";
    private static final String POLICY = "/2015-03-31/functions/f/policy";
    private static final String SOURCES = "/2015-03-31/event-source-mappings";

    private final TestApi api = TestApi.ready();

    @BeforeEach
    void aFunction() {
        api.create("f");
    }

    private static void assertViolation(TestApi.Answer answer, String member, String constraint) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("ValidationException");
        assertThat(answer.json().get("message").asString())
                .startsWith("1 validation error detected: ")
                .contains("at '" + member + "' failed to satisfy constraint: ")
                .endsWith(constraint);
    }

    private static void assertTaken(TestApi.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 202);
    }

    private static String texts(int count, String text) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "\"" + text.formatted(i) + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @ParameterizedTest
    @CsvSource({
        "MaximumRetryAttempts, maximumRetryAttempts, 0, 2",
        "MaximumEventAgeInSeconds, maximumEventAgeInSeconds, 60, 21600"
    })
    void eventInvokeConfigurations(String name, String member, int min, int max) {
        String body = "{\"" + name + "\": %d}";

        for (int value : List.of(min, max)) {
            assertTaken(api.send("PUT", EVENT_INVOKE, body.formatted(value)));
        }
        assertViolation(
                api.send("PUT", EVENT_INVOKE, body.formatted(min - 1)),
                member,
                "Member must have value greater than or equal to " + min);
        assertViolation(
                api.send("PUT", EVENT_INVOKE, body.formatted(max + 1)),
                member,
                "Member must have value less than or equal to " + max);
    }

    @ParameterizedTest
    @CsvSource({
        "BatchSize, batchSize, 1, 10000",
        "MaximumBatchingWindowInSeconds, maximumBatchingWindowInSeconds, 0, 300",
        "ParallelizationFactor, parallelizationFactor, 1, 10",
        "MaximumRetryAttempts, maximumRetryAttempts, -1, 10000",
        "TumblingWindowInSeconds, tumblingWindowInSeconds, 0, 900"
    })
    void eventSourceMappings(String name, String member, int min, int max) {
        String stream = """
                {"FunctionName": "f", "StartingPosition": "LATEST", "MaximumBatchingWindowInSeconds": 1,
                 "EventSourceArn": "arn:aws:kinesis:us-east-1:111111111111:stream/%d", "%s": %d}""";

        assertTaken(api.send("POST", SOURCES, stream.formatted(1, name, min)));
        assertTaken(api.send("POST", SOURCES, stream.formatted(2, name, max)));
        assertViolation(
                api.send("POST", SOURCES, stream.formatted(3, name, min - 1)),
                member,
                "Member must have value greater than or equal to " + min);
        assertViolation(
                api.send("POST", SOURCES, stream.formatted(3, name, max + 1)),
                member,
                "Member must have value less than or equal to " + max);
    }

    @ParameterizedTest
    @CsvSource({
        "AllowHeaders, allowHeaders, 100",
        "AllowMethods, allowMethods, 6",
        "AllowOrigins, allowOrigins, 100",
        "ExposeHeaders, exposeHeaders, 100"
    })
    void listsOfCors(String name, String member, int max) {
        String body = "{\"AuthType\": \"NONE\", \"Cors\": {\"" + name + "\": %s}}";
        String word = name.equals("AllowMethods") ? "GET" : "https://h%d.example";

        assertTaken(api.send("POST", URL, body.formatted(texts(max, word))));
        assertViolation(
                api.send("PUT", URL, body.formatted(texts(max + 1, word))),
                "cors." + member,
                "Member must have length less than or equal to " + max);
    }

    @Test
    void maxAgeOfCors() {
        int min = 0;
        int max = 86_400;
        String body = "{\"AuthType\": \"NONE\", \"Cors\": {\"MaxAge\": %d}}";
        assertTaken(api.send("POST", URL, body.formatted(min)));

        assertTaken(api.send("PUT", URL, body.formatted(max)));
        assertViolation(
                api.send("PUT", URL, body.formatted(min - 1)),
                "cors.maxAge",
                "Member must have value greater than or equal to " + min);
        assertViolation(
                api.send("PUT", URL, body.formatted(max + 1)),
                "cors.maxAge",
                "Member must have value less than or equal to " + max);
    }

    @Test
    void publishersOfCodeSigning() {
        int max = 20;
        String body = "{\"AllowedPublishers\": {\"SigningProfileVersionArns\": %s}}";
        String arn = "arn:aws:signer:us-east-1:111111111111:/signing-profiles/p/%d";

        assertTaken(api.send("POST", CODE_SIGNING, body.formatted(texts(max, arn))));
        assertViolation(
                api.send("POST", CODE_SIGNING, body.formatted(texts(max + 1, arn))),
                "allowedPublishers.signingProfileVersionArns",
                "Member must have length less than or equal to " + max);
    }

    @Test
    void idsOfStatements() {
        int max = 100;
        String body = "{\"StatementId\": \"%s\", \"Action\": \"lambda:InvokeFunction\", \"Principal\": \"*\"}";

        assertTaken(api.send("POST", POLICY, body.formatted("s".repeat(max))));
        assertViolation(
                api.send("POST", POLICY, body.formatted("s".repeat(max + 1))),
                "statementId",
                "Member must have length less than or equal to " + max);
    }

    @Test
    void nameOfTheLogGroup() {
        int max = 512;
        String body = "{\"LoggingConfig\": {\"LogGroup\": \"%s\"}}";
        String path = "/2015-03-31/functions/f/configuration";

        assertTaken(api.send("PUT", path, body.formatted("g".repeat(max))));
        assertViolation(
                api.send("PUT", path, body.formatted("g".repeat(max + 1))),
                "loggingConfig.logGroup",
                "Member must have length less than or equal to " + max);
    }
}
