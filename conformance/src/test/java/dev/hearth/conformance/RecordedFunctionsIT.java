package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Scenarios recorded from AWS of which the answer, or the log, is the runtime's in the sandbox: functions in Python
/// and Node.js say what they said there, line by line. `bin/recorded` counts them with those of `lambda-api`.
///
/// Functions are tagged `hearth:init` = `lazy`, so that their first call boots an instance, as it did on AWS.
@ExtendWith(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedFunctionsIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path RECORDED = Path.of("..", "lambda-api", "src", "test", "resources", "aws-recorded");
    private static final Path PLAYED = Path.of("target", "recorded-functions.txt");
    private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final String DATE = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    private final Lambda lambda;
    private final JsonNode recorded = JSON.readTree(RECORDED.resolve("lambda.json"));
    private final StringBuilder played = new StringBuilder();

    RecordedFunctionsIT(Lambda lambda) {
        this.lambda = lambda;
    }

    /// The steps that passed, for the count.
    @AfterAll
    void write() throws IOException {
        Files.writeString(PLAYED, played, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private String deploy(String runtime, String handler, Code code) {
        return lambda.deploy(runtime, handler, code, settings -> settings.tags(Map.of("hearth:init", "lazy")));
    }

    private void assertRecorded(String scenario, String step, JsonNode actual) {
        JsonNode expected = recorded.get(scenario).get("responses").get(step);
        if (expected.get("ResponseMetadata") instanceof ObjectNode metadata) {
            metadata.remove("HTTPHeaders");
        }
        assertThat(actual).as(scenario + " " + step).isEqualTo(expected);
        played.append(scenario).append('\t').append(step).append('\n');
    }

    /// An answer as boto3 shows it.
    private static ObjectNode view(Answer answer, JsonNode payload) {
        ObjectNode view = JSON.createObjectNode();
        view.put("ExecutedVersion", "$LATEST");
        answer.error().ifPresent(error -> view.put("FunctionError", error));
        view.set("Payload", payload);
        view.put("StatusCode", answer.status());
        view.set("ResponseMetadata", JSON.createObjectNode().put("HTTPStatusCode", answer.status()));
        return view;
    }

    @Test
    void exceptionOfAPythonHandler() {
        String name = deploy(
                Toolchain.pythonRuntime(),
                "lambda_handler_error.handler",
                Code.of(
                        "lambda_handler_error.py",
                        "def handler(event, context):\n    raise Exception(\"Handler fails\")\n"));
        Answer answer = lambda.call(name, "{}");
        String payload = answer.payload().replaceFirst("\"" + UUID + "\"", "\"<uuid>\"");

        assertRecorded(
                "TestLambdaErrors.test_lambda_handler_error", "invocation_error", view(answer, JSON.readTree(payload)));
    }

    @Test
    void linesOfAPythonFunctionThatPrintsAndLogs() {
        String name = deploy(Toolchain.pythonRuntime(), "handler.handler", Code.of("handler.py", """
                        import logging

                        logger = logging.getLogger()
                        logger.setLevel(logging.INFO)


                        def handler(event, context):
                            print("Lambda log message - print function")
                            logger.info("Lambda log message - logging module")
                            return event
                        """));
        String version = lambda.sdk().publishVersion(r -> r.functionName(name)).version();
        Answer answer = lambda.callForLog(name + ":" + version, "{\"foo\": \"bar with 'quotes\\\"\"}");
        List<String> lines = answer.log()
                .lines()
                .filter(line -> !line.startsWith("REPORT"))
                .map(line -> line.replaceAll(UUID, "<uuid:2>").replaceAll(DATE, "date"))
                .toList();

        assertThat(version).isEqualTo("1");
        assertRecorded(
                "TestLambdaFeatures.test_invocation_with_qualifier",
                "log_result",
                JSON.createObjectNode().set("log_result", JSON.valueToTree(lines)));
    }

    @Test
    void logOfAPythonFunctionsFirstCall() {
        assertLog("python3.10", Toolchain.pythonRuntime(), "index.handler", "index.py", """
                def handler(event, context):
                    print(event)
                    return event
                """);
    }

    @Test
    void logOfANodeFunctionsFirstCall() {
        assertLog("nodejs16.x", Toolchain.nodeRuntime(), "index.handler", "index.js", """
                exports.handler = async (event) => {
                    console.log(JSON.stringify(event));
                    return event;
                };
                """);
    }

    private void assertLog(String recordedRuntime, String runtime, String handler, String path, String source) {
        Answer answer = Lambda.whole(() -> lambda.call(deploy(runtime, handler, Code.of(path, source)), "{}"));
        List<String> lines = answer.log()
                .lines()
                .map(line -> line.replaceAll(UUID, "<request-id>")
                        .replaceAll(DATE, "date")
                        .replaceAll("Duration: [0-9.]+ ms", "Duration: <duration> ms")
                        .replaceAll("Used: \\d+ MB", "Used: <memory> MB")
                        // A field of Hearth's own, where the runtime had started before.
                        .replace("Origin: stem\t", ""))
                .map(line -> line + "\n")
                .toList();

        assertRecorded(
                "TestLambdaFeatures.test_invocation_with_logs[" + recordedRuntime + "]",
                "logs",
                JSON.createObjectNode().set("logs", JSON.valueToTree(lines)));
    }
}
