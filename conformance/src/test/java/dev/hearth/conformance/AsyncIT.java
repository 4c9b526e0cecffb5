package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asynchronous invocation through the AWS SDK for Java 2, and what the command shows of it.
class AsyncIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";

    private static Path data;
    private static HearthServer server;
    private static Lambda lambda;
    private static FunctionLog log;

    @BeforeAll
    static void start() {
        data = HearthServer.newData();
        server = HearthServer.start(data, "events:\n  retryDelaySeconds: 1\n");
        lambda = Lambda.at(server.endpoint());
        log = FunctionLog.at(server.endpoint());
    }

    @AfterAll
    static void stop() {
        log.close();
        lambda.close();
        server.close();
        HearthServer.delete(data);
    }

    /// A function that says which events it got under which request id, then does more.
    private static String deploy(String body) {
        return lambda.deploy(
                "provided.al2023", "x", Code.of("bootstrap", Shell.loop("echo \"got $id $event\"\n" + body)));
    }

    private static InvokeResponse send(String function, String payload) {
        return lambda.sdk()
                .invoke(r -> r.functionName(function)
                        .invocationType(InvocationType.EVENT)
                        .payload(SdkBytes.fromUtf8String(payload)));
    }

    private static void awaitLines(String function, int count) {
        Deadline.await(
                function + " got " + count + " events",
                LIMIT,
                () -> log.lines(function, "got").size() >= count);
    }

    private static JsonNode hearth(int exit, String... words) {
        List<String> command = new ArrayList<>(List.of(words));
        command.add("--json");
        Command ran = new HearthCli(server.endpoint(), Path.of(".")).run(command.toArray(String[]::new));
        assertThat(ran.exit()).as(ran.output()).isEqualTo(exit);
        return JsonMapper.shared().readTree(ran.output());
    }

    private static void awaitState(String function, String state) throws Exception {
        Deadline.await(
                "an event of " + function + " is " + state,
                LIMIT,
                () -> server.get("/_hearth/async/events?function=" + function)
                        .body()
                        .contains("\"" + state + "\""));
    }

    @Test
    void eventIsAcceptedAndRunsUnderTheRequestIdOfTheAnswer() {
        String function = deploy("answer '\"done\"'");
        InvokeResponse response = send(function, "{\"n\":7}");
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.payload().asByteArray()).isEmpty();
        assertThat(response.functionError()).isNull();
        awaitLines(function, 1);
        assertThat(log.lines(function, "got"))
                .containsExactly(response.responseMetadata().requestId() + " {\"n\":7}");
    }

    @Test
    void failingFunctionIsTriedThreeTimesAndItsDestinationGetsAwsRecord() throws Exception {
        String destination = deploy("answer '{}'");
        String function = deploy("fail Oops 'not today'");
        lambda.sdk()
                .putFunctionEventInvokeConfig(r -> r.functionName(function)
                        .destinationConfig(d -> d.onFailure(f -> f.destination(ARN + destination))));
        String id = send(function, "{\"n\":8}").responseMetadata().requestId();
        awaitLines(destination, 1);
        awaitLines(function, 3); // a line may come in after the answer
        assertThat(log.lines(function, "got")).hasSize(3).containsOnly(id + " {\"n\":8}");
        String line = log.lines(destination, "got").getFirst();
        JsonNode record = JsonMapper.shared().readTree(line.substring(line.indexOf('{')));
        assertThat(record.propertyNames())
                .containsExactlyInAnyOrder(
                        "version",
                        "timestamp",
                        "requestContext",
                        "requestPayload",
                        "responseContext",
                        "responsePayload");
        assertThat(record.path("requestContext"))
                .isEqualTo(JsonMapper.shared().readTree("""
                {"requestId": "%s", "functionArn": "%s%s:$LATEST", "condition": "RetriesExhausted",
                 "approximateInvokeCount": 3}""".formatted(id, ARN, function)));
        assertThat(record.path("requestPayload").toString()).isEqualTo("{\"n\":8}");
        assertThat(record.path("responseContext")).isEqualTo(JsonMapper.shared().readTree("""
                {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"}"""));
        assertThat(record.path("responsePayload").path("errorMessage").asString())
                .isEqualTo("not today");
    }

    @Test
    void recordOfASuccessGoesToItsDestination() {
        String destination = deploy("answer '{}'");
        String function = deploy("answer '[1,2]'");
        lambda.sdk()
                .putFunctionEventInvokeConfig(r -> r.functionName(function)
                        .destinationConfig(d -> d.onSuccess(s -> s.destination(ARN + destination))));
        send(function, "{}");
        awaitLines(destination, 1);
        assertThat(log.lines(destination, "got").getFirst())
                .contains("\"condition\":\"Success\"")
                .contains("\"responsePayload\":[1,2]");
    }

    @Test
    void eventThatFailedForGoodIsListedShownAndRedriven() throws Exception {
        String function = deploy("fail Oops no");
        lambda.sdk().putFunctionEventInvokeConfig(r -> r.functionName(function).maximumRetryAttempts(0));
        String id = send(function, "{\"n\":9}").responseMetadata().requestId();
        awaitState(function, "dead");
        JsonNode listed = hearth(0, "async", "list", function, "--state", "dead");
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).path("id").asString()).isEqualTo(id);
        JsonNode shown = hearth(0, "async", "show", id);
        assertThat(shown.path("payload").toString()).isEqualTo("{\"n\":9}");
        assertThat(shown.path("reason").asString()).contains("RetriesExhausted after 1 attempt");
        assertThat(hearth(0, "async", "redrive", id).path("redriven").get(0).asString())
                .isEqualTo(id);
        awaitLines(function, 2);
        awaitState(function, "dead");
        assertThat(hearth(0, "async", "redrive", "--function", function).path("redriven"))
                .hasSize(1);
        assertThat(hearth(3, "async", "show", "nothing").path("error").asString())
                .contains("no event 'nothing'");
    }

    @Test
    void throttledEventsWaitUntilTheyMayRun() throws Exception {
        String function = deploy("answer '{}'");
        lambda.sdk().putFunctionConcurrency(r -> r.functionName(function).reservedConcurrentExecutions(0));
        send(function, "{\"n\":1}");
        send(function, "{\"n\":2}");
        awaitState(function, "pending");
        assertThat(log.lines(function, "got")).isEmpty();
        lambda.sdk().deleteFunctionConcurrency(r -> r.functionName(function));
        awaitLines(function, 2);
    }

    @Test
    void deletedFunctionsEventsAreDropped() throws Exception {
        String function = deploy("fail Oops no");
        lambda.sdk().putFunctionConcurrency(r -> r.functionName(function).reservedConcurrentExecutions(0));
        send(function, "{}");
        lambda.delete(function);
        assertThat(server.get("/_hearth/async/events?function=" + function).body())
                .contains("\"total\":0");
        assertThat(server.log()).contains("events dropped with their function function=" + function + " count=1");
    }

    @Test
    void destinationThatIsNoFunctionKeepsTheEventWithTheReason() throws Exception {
        String function = deploy("fail Oops no");
        lambda.sdk()
                .putFunctionEventInvokeConfig(r -> r.functionName(function)
                        .maximumRetryAttempts(0)
                        .destinationConfig(
                                d -> d.onFailure(f -> f.destination("arn:aws:sqs:us-east-1:000000000000:queue"))));
        String id = send(function, "{}").responseMetadata().requestId();
        awaitState(function, "undelivered");
        assertThat(server.get("/_hearth/async/events/" + id).body())
                .contains("arn:aws:sqs:us-east-1:000000000000:queue");
    }

    @Test
    void payloadOfOneMegabyteIsTakenAndOneByteMoreIsNot() {
        String function = lambda.deploy(
                "provided.al2023",
                "x",
                Code.of("bootstrap", Shell.loop("echo \"size ${#event}\"; answer '{}'")),
                settings -> settings.timeout(120));
        int limit = 1_048_576;
        send(function, "\"" + "x".repeat(limit - 2) + "\"");
        assertThatThrownBy(() -> send(function, "\"" + "x".repeat(limit - 1) + "\""))
                .isInstanceOfAny(
                        RequestTooLargeException.class,
                        software.amazon.awssdk.services.lambda.model.LambdaException.class)
                .hasMessageContaining("Request must be smaller than 1048576 bytes for the InvokeFunction operation");
        Deadline.await(
                "the event ran",
                LIMIT,
                () -> Set.copyOf(log.lines(function, "size")).equals(Set.of("" + limit)));
    }

    @Test
    void metricsCountWhatHappens() throws Exception {
        String function = deploy("answer '{}'");
        send(function, "{}");
        Deadline.await(
                "the delivery is counted",
                LIMIT,
                () -> server.get("/metrics")
                        .body()
                        .contains("hearth_async_ended_total{end=\"delivered\",function=\"" + function + "\"} 1.0"));
        assertThat(server.get("/metrics").body())
                .contains("hearth_async_accepted_total{function=\"" + function + "\"} 1.0")
                .contains("hearth_async_attempts_total{function=\"" + function + "\",outcome=\"succeeded\"} 1.0")
                .contains("hearth_async_events{state=\"dead\"}");
    }
}
