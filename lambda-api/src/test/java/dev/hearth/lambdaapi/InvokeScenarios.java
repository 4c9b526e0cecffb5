package dev.hearth.lambdaapi;

import dev.hearth.model.Invocation;
import dev.hearth.model.Outcome;
import dev.hearth.model.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Recorded scenarios of invocations. What the function answers is the fake engine's; what is compared is the wire.
final class InvokeScenarios {
    private static final String FUNCTIONS = "/2015-03-31/functions";
    private static final String SETTINGS =
            ", \"Handler\": \"handler.handler\", \"Timeout\": 30, \"Environment\": {\"Variables\": {}}";

    private final Replay.Tally tally;

    InvokeScenarios(Replay.Tally tally) {
        this.tally = tally;
    }

    void play() {
        notFound();
        invalidPayloads();
        functionErrors();
        states();
        types();
        qualifier();
        context();
    }

    /// A function that can be invoked.
    private Replay ready(String scenario) {
        Replay r = Replay.of(scenario, tally);
        r.api.create("f");
        return r.settle();
    }

    static Payload payload(String json) {
        return new Payload(json.getBytes(StandardCharsets.UTF_8));
    }

    private void notFound() {
        Replay r = Replay.of("TestLambdaFeatures.test_invoke_exceptions", tally);
        r.invoked("invoke_function_doesnotexist", r.api.invoke("doesnotexist", "{}"));
    }

    private void invalidPayloads() {
        String scenario = "TestLambdaErrors.test_lambda_invoke_payload_encoding_error";
        Replay r = ready(scenario + "[body-n\\x87r\\x9e\\xe9\\xb5\\xd7I\\xee\\x9bmt]");
        byte[] body = {'n', (byte) 0x87, 'r', (byte) 0x9e, (byte) 0xe9};
        r.invoked("invoke_function_invalid_payload_body", invoke(r, Map.of(), body));
        r = ready(scenario + "[message-\\x99\\xeb,j\\x07\\xa1zYh]");
        byte[] message = {(byte) 0x99, (byte) 0xeb, ',', 'j', 7};
        r.invoked("invoke_function_invalid_payload_message", invoke(r, Map.of(), message));
    }

    private static TestApi.Answer invoke(Replay r, Map<String, String> headers, byte[] body) {
        return r.api.send("POST", FUNCTIONS + "/f/invocations", headers, body);
    }

    private void functionErrors() {
        failing("TestLambdaErrors.test_lambda_handler_exit", """
                {"errorType": "Runtime.ExitError",
                 "errorMessage": "RequestId: %s Error: Runtime exited without providing a reason"}""");
        failing("TestLambdaErrors.test_lambda_runtime_exit", """
                {"errorType": "Runtime.ExitError",
                 "errorMessage": "RequestId: %s Error: Runtime exited without providing a reason"}""");
        failing("TestLambdaErrors.test_lambda_runtime_wrapper_not_found", """
                {"errorType": "Runtime.ExitError",
                 "errorMessage": "RequestId: %s Error: Runtime exited with error: exit status 127"}""");
        Replay r = ready("TestLambdaErrors.test_lambda_runtime_exit_segfault");
        r.api.engine.function = invocation ->
                new Outcome.TimedOut(Duration.ofSeconds(30), payload("""
                {"errorType": "Sandbox.Timedout",
                 "errorMessage": "RequestId: %s Error: Task timed out after 30.00 seconds"}""".formatted(invocation.requestId())));
        r.invoked("invocation_error", r.api.invoke("f", "{}"));
        r = ready("TestLambdaBaseFeatures.test_lambda_too_large_response");
        r.api.engine.function = invocation -> new Outcome.FunctionFailed("Function.ResponseSizeTooLarge", payload("""
                {"errorMessage": "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
                 "errorType": "Function.ResponseSizeTooLarge"}"""));
        r.invoked("invoke_result", r.api.invoke("f", "{}"));
        r.invoked("invoke_result_2", r.api.invoke("f", "{}"));
    }

    private void failing(String scenario, String error) {
        Replay r = ready(scenario);
        r.api.engine.function = invocation ->
                new Outcome.FunctionFailed("Runtime.ExitError", payload(error.formatted(invocation.requestId())));
        r.invoked("invocation_error", r.api.invoke("f", "{}"));
    }

    private void states() {
        Replay r = Replay.of("TestLambdaBaseFeatures.test_function_state", tally);
        r.step("create-fn-response", r.api.create("f", ", \"Handler\": \"handler.handler\""));
        r.settle().step("get-fn-response", r.api.get(FUNCTIONS + "/f"));
        r = Replay.of("TestLambdaBaseFeatures.test_lambda_different_iam_keys_environment", tally);
        r.step("create-result", r.api.create("f", SETTINGS));
        r = Replay.of("TestLambdaFeatures.test_basic_invoke", tally);
        r.step("lambda_create_fn", r.api.create("f", ", \"Runtime\": \"python3.9\""));
        r.step("lambda_create_fn_2", r.api.create("g", ", \"Runtime\": \"python3.9\""));
        r.settle().step("lambda_get_fn", r.api.get(FUNCTIONS + "/f"));
        r.step("lambda_get_fn_2", r.api.get(FUNCTIONS + "/g"));
        r.invoked("lambda_invoke_result", r.api.invoke("f", "{}"));
        r = Replay.of("TestLambdaFeatures.test_lambda_environment", tally);
        String environment = ", \"Runtime\": \"python3.9\", \"Environment\": {\"Variables\": {\"Hello\": \"World\"}}";
        r.step("creation-result", r.api.create("f", SETTINGS + environment));
        r.settle();
        r.api.engine.function = invocation -> new Outcome.Succeeded(payload(TestApi.MAPPER.writeValueAsString(
                invocation.version().settings().environment())));
        r.invoked("invocation-result", r.api.invoke("f", "{}"));
        r.step("get-configuration-result", r.api.get(FUNCTIONS + "/f/configuration"));
    }

    private void types() {
        for (String runtime : List.of("nodejs16.x", "python3.10", "python3.9")) {
            Replay r = ready("TestLambdaFeatures.test_invocation_type_dry_run[" + runtime + "]");
            r.invoked("invoke-result", invoke(r, Map.of("X-Amz-Invocation-Type", "DryRun"), new byte[0]));
            r = ready("TestLambdaFeatures.test_invocation_type_request_response[" + runtime + "]");
            r.invoked("invoke-result", invoke(r, Map.of("X-Amz-Invocation-Type", "RequestResponse"), new byte[0]));
            r = ready("TestLambdaFeatures.test_invocation_type_event[" + runtime + "]");
            r.invoked("invoke-result", invoke(r, Map.of("X-Amz-Invocation-Type", "Event"), new byte[0]));
        }
        for (String runtime : List.of("nodejs", "python")) {
            Replay r =
                    ready("TestLambdaFeatures.test_invocation_type_no_return_payload[" + runtime + "-RequestResponse]");
            r.api.engine.function = invocation -> new Outcome.Succeeded(payload("null"));
            r.invoked("invoke-result", r.api.invoke("f", "{}"));
            r = ready("TestLambdaFeatures.test_invocation_type_no_return_payload[" + runtime + "-Event]");
            r.invoked("invoke-result", invoke(r, Map.of("X-Amz-Invocation-Type", "Event"), new byte[0]));
        }
        for (String runtime : List.of("nodejs16.x", "python3.10")) {
            Replay r = ready("TestLambdaFeatures.test_invocation_with_logs[" + runtime + "]");
            r.invoked("invoke", invoke(r, Map.of("X-Amz-Log-Type", "Tail"), new byte[0]));
        }
    }

    private void qualifier() {
        Replay r = Replay.of("TestLambdaFeatures.test_invocation_with_qualifier", tally);
        r.step(
                "creation-response",
                r.api.create("f", ", \"Handler\": \"handler.handler\", \"Timeout\": 10, \"Publish\": true"));
        r.settle();
        r.api.engine.function = InvokeScenarios::eventAndContext;
        r.invoked(
                "invocation-response",
                r.api.send(
                        "POST",
                        FUNCTIONS + "/f/invocations?Qualifier=1",
                        Map.of("X-Amz-Log-Type", "Tail"),
                        "{\"foo\": \"bar with 'quotes\\\"\"}".getBytes(StandardCharsets.UTF_8)));
    }

    /// What the recorded function answered: its event, and its context.
    private static Outcome eventAndContext(Invocation invocation) {
        String event = new String(invocation.payload().bytes(), StandardCharsets.UTF_8);
        String name = invocation.version().name();
        return new Outcome.Succeeded(payload("""
                {"event": %s, "context": {"invoked_function_arn": "%s", "function_version": "%s",
                 "function_name": "%s", "memory_limit_in_mb": "%d", "aws_request_id": "%s",
                 "log_group_name": "/aws/lambda/%s", "log_stream_name": "stream", "client_context": null}}""".formatted(
                        event,
                        invocation.invokedArn(),
                        invocation.version().version(),
                        name,
                        invocation.version().settings().memory().toMibRoundedUp(),
                        invocation.requestId(),
                        name)));
    }

    private void context() {
        Replay r = Replay.of("TestLambdaFeatures.test_lambda_with_context", tally);
        r.step(
                "creation",
                r.api.create(
                        "f", SETTINGS + ", \"Runtime\": \"nodejs16.x\", \"Handler\": \"lambda_integration.handler\""));
        r.settle();
        String context = """
                {"custom": {"foo": "bar"}, "client": {"snap": ["crackle", "pop"]}, "env": {"fizz": "buzz"}}""";
        r.api.engine.function = invocation -> new Outcome.Succeeded(payload("""
                {"context": {"callbackWaitsForEmptyEventLoop": true, "functionVersion": "$LATEST", "functionName": "f",
                 "memoryLimitInMB": "128", "logGroupName": "/aws/lambda/f", "logStreamName": "stream",
                 "clientContext": %s, "invokedFunctionArn": "%s", "awsRequestId": "%s"}}""".formatted(
                        invocation.clientContext().orElse("null"), invocation.invokedArn(), invocation.requestId())));
        String base64 = Base64.getEncoder().encodeToString(context.getBytes(StandardCharsets.UTF_8));
        r.invoked("invocation", invoke(r, Map.of("X-Amz-Client-Context", base64), new byte[0]));
    }
}
