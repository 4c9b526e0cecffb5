package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.State;
import tools.jackson.databind.JsonNode;

/// A function in each language gets its event, its context and its environment, and answers.
@ExtendWith(SharedServer.class)
class RuntimesIT {
    private static final String EVENT = "{\"say\":\"grüß dich ☕\",\"n\":[1,2.5,null,true]}";

    private final Lambda lambda;

    RuntimesIT(Lambda lambda) {
        this.lambda = lambda;
    }

    @Test
    void pythonAnswersWithItsContext() {
        String name = lambda.deploy(
                Toolchain.pythonRuntime(),
                "app.handler",
                Code.of("app.py", """
                import os
                def handler(event, context):
                    print("python says", event["say"])
                    return {
                        "echo": event, "requestId": context.aws_request_id, "arn": context.invoked_function_arn,
                        "name": context.function_name, "version": context.function_version,
                        "memory": context.memory_limit_in_mb, "group": context.log_group_name,
                        "left": context.get_remaining_time_in_millis(), "env": dict(os.environ),
                        "cwd": os.getcwd(), "uid": os.getuid(),
                    }
                """),
                settings -> settings.memorySize(256).environment(e -> e.variables(Map.of("MINE", "yes"))));
        Answer answer = lambda.callForLog(name, EVENT);
        assertThat(answer.error()).isEmpty();
        assertContext(answer, name, "256");
        JsonNode env = answer.json().get("env");
        assertThat(env.get("MINE").asString()).isEqualTo("yes");
        assertAwsEnvironment(env, name, "app.handler", "256");
        assertThat(answer.json().get("cwd").asString()).isEqualTo("/var/task");
        assertThat(answer.json().get("uid").asInt()).isNotZero();
        assertThat(answer.log()).contains("python says grüß dich ☕");
    }

    @Test
    void nodeAnswersWithItsContext() {
        String name = lambda.deploy(
                Toolchain.nodeRuntime(),
                "index.handler",
                Code.of("index.js", """
                exports.handler = async (event, context) => {
                    console.log("node says", event.say);
                    return {
                        echo: event, requestId: context.awsRequestId, arn: context.invokedFunctionArn,
                        name: context.functionName, version: context.functionVersion,
                        memory: context.memoryLimitInMB, group: context.logGroupName,
                        left: context.getRemainingTimeInMillis(), env: process.env,
                    };
                };
                """),
                settings -> settings.memorySize(256));
        Answer answer = lambda.callForLog(name, EVENT);
        assertThat(answer.error()).isEmpty();
        assertContext(answer, name, "256");
        assertAwsEnvironment(answer.json().get("env"), name, "index.handler", "256");
        assertThat(answer.log()).contains("node says grüß dich ☕");
    }

    @Test
    void nodeRunsEcmaScriptModulesAndCallbacks() {
        String module = lambda.deploy(Toolchain.nodeRuntime(), "index.handler", Code.of("index.mjs", """
                const started = await Promise.resolve("yes");
                export const handler = async () => ({ topLevelAwait: started });
                """));
        assertThat(lambda.call(module, "{}").payload()).isEqualTo("{\"topLevelAwait\":\"yes\"}");
        String callback = lambda.deploy(Toolchain.nodeRuntime(), "index.handler", Code.of("index.js", """
                exports.handler = (event, context, callback) => { setTimeout(() => callback(null, [event.n]), 5); };
                """));
        assertThat(lambda.call(callback, "{\"n\":7}").payload()).isEqualTo("[7]");
    }

    @Test
    void javaAnswersWithItsContext() {
        Code code = Toolchain.java("App", """
                import com.amazonaws.services.lambda.runtime.*;
                import java.util.*;
                public class App implements RequestHandler<Map<String, Object>, Map<String, Object>> {
                    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
                        context.getLogger().log("java says " + event.get("say"));
                        Map<String, Object> answer = new HashMap<>();
                        answer.put("echo", event);
                        answer.put("requestId", context.getAwsRequestId());
                        answer.put("arn", context.getInvokedFunctionArn());
                        answer.put("name", context.getFunctionName());
                        answer.put("version", context.getFunctionVersion());
                        answer.put("memory", String.valueOf(context.getMemoryLimitInMB()));
                        answer.put("group", context.getLogGroupName());
                        answer.put("left", context.getRemainingTimeInMillis());
                        answer.put("env", System.getenv());
                        return answer;
                    }
                }
                """, List.of("aws-lambda-java-core"));
        String name = lambda.deploy("java25", "App::handleRequest", code, settings -> settings.memorySize(512));
        Answer answer = lambda.callForLog(name, EVENT);
        assertThat(answer.error()).as(answer.payload()).isEmpty();
        assertContext(answer, name, "512");
        assertAwsEnvironment(answer.json().get("env"), name, "App::handleRequest", "512");
        assertThat(answer.log()).contains("java says grüß dich ☕");
    }

    @Test
    void javaTakesAwsEventClasses() {
        Code code =
                Toolchain.java("Queue", """
                import com.amazonaws.services.lambda.runtime.*;
                import com.amazonaws.services.lambda.runtime.events.*;
                public class Queue implements RequestHandler<SQSEvent, SQSBatchResponse> {
                    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
                        return SQSBatchResponse.builder().withBatchItemFailures(event.getRecords().stream()
                                .filter(r -> r.getBody().startsWith("bad"))
                                .map(r -> new SQSBatchResponse.BatchItemFailure(r.getMessageId())).toList()).build();
                    }
                }
                """, List.of("aws-lambda-java-core", "aws-lambda-java-events", "joda-time"));
        String name = lambda.deploy("java25", "Queue::handleRequest", code, settings -> settings.memorySize(512));
        Answer answer = lambda.callForLog(name, """
                {"Records":[{"messageId":"m1","body":"good","eventSource":"aws:sqs"},{"messageId":"m2","body":"bad one"}]}""");
        assertThat(answer.payload()).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"}]}");
    }

    @Test
    void goAnswersWithItsContext() {
        String name = lambda.deploy("provided.al2023", "bootstrap", Code.bootstrap(Toolchain.go()));
        Answer answer = lambda.callForLog(name, EVENT);
        assertThat(answer.error()).isEmpty();
        assertThat(answer.json().get("language").asString()).isEqualTo("go");
        assertEcho(answer);
        assertThat(answer.json().get("arn").asString()).endsWith(":function:" + name);
        assertThat(answer.json().get("memory").asInt()).isEqualTo(128);
        assertThat(answer.json().get("left").asInt()).isBetween(20_000, 60_000);
        assertThat(answer.log()).contains("go says grüß dich ☕");
    }

    @Test
    void rustAnswersWithItsContext() {
        String name = lambda.deploy("provided.al2", "bootstrap", Code.bootstrap(Toolchain.rust()));
        Answer answer = lambda.callForLog(name, EVENT);
        assertThat(answer.error()).isEmpty();
        assertThat(answer.json().get("language").asString()).isEqualTo("rust");
        assertEcho(answer);
        assertThat(answer.json().get("arn").asString()).endsWith(":function:" + name);
    }

    @Test
    void shellBootstrapIsARuntime() {
        String name = lambda.deploy("provided.al2023", "any.thing", Code.of("bootstrap", Shell.loop("""
                echo "handler is $_HANDLER, id is $id"
                answer '{"got":'"$event"'}'
                """)));
        Answer answer = lambda.callForLog(name, "{\"a\":1}");
        assertThat(answer.payload()).isEqualTo("{\"got\":{\"a\":1}}");
        assertThat(answer.log()).contains("handler is any.thing, id is ");
    }

    @Test
    void layersAreMergedInOrderBelowOpt() {
        String first = layer(Code.of("python/one.py", "value = 'first'").with("shared.txt", "first"));
        String second = layer(Code.of("python/two.py", "value = 'second'").with("shared.txt", "second"));
        String name = lambda.deploy(
                Toolchain.pythonRuntime(),
                "app.handler",
                Code.of("app.py", """
                import one, two
                def handler(event, context):
                    return [one.value, two.value, open("/opt/shared.txt").read()]
                """),
                settings -> settings.layers(first, second));
        assertThat(lambda.call(name, "{}").payload())
                .isIn("[\"first\", \"second\", \"second\"]", "[\"first\",\"second\",\"second\"]");
    }

    @Test
    void runtimeThatIsNotInstalledSaysWhatToInstall() {
        String name = lambda.create(
                "ruby3.4", "app.handler", Code.of("app.rb", "def handler(event:, context:) = 1"), s -> {});
        GetFunctionConfigurationResponse failed = lambda.awaitState(name, State.FAILED);
        assertThat(failed.stateReason()).contains("ruby");
    }

    private String layer(Code code) {
        return lambda.sdk()
                .publishLayerVersion(r -> r.layerName(Lambda.newName("layer"))
                        .content(c -> c.zipFile(software.amazon.awssdk.core.SdkBytes.fromByteArray(code.zip()))))
                .layerVersionArn();
    }

    private static void assertEcho(Answer answer) {
        JsonNode echo = answer.json().get("echo");
        assertThat(echo.get("say").asString()).isEqualTo("grüß dich ☕");
        assertThat(echo.get("n").toString()).isEqualTo("[1,2.5,null,true]");
        assertThat(answer.json().get("requestId").asString()).matches("[0-9a-f-]{36}");
        assertThat(answer.log())
                .contains("START RequestId: " + answer.json().get("requestId").asString());
    }

    private static void assertContext(Answer answer, String name, String memory) {
        assertEcho(answer);
        JsonNode json = answer.json();
        assertThat(json.get("arn").asString()).isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:" + name);
        assertThat(json.get("name").asString()).isEqualTo(name);
        assertThat(json.get("version").asString()).isEqualTo("$LATEST");
        assertThat(json.get("memory").asString()).isEqualTo(memory);
        assertThat(json.get("group").asString()).isEqualTo("/aws/lambda/" + name);
        assertThat(json.get("left").asInt()).isBetween(20_000, 60_000);
    }

    private static void assertAwsEnvironment(JsonNode env, String name, String handler, String memory) {
        assertThat(env.get("AWS_LAMBDA_FUNCTION_NAME").asString()).isEqualTo(name);
        assertThat(env.get("AWS_LAMBDA_FUNCTION_VERSION").asString()).isEqualTo("$LATEST");
        assertThat(env.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").asString()).isEqualTo(memory);
        assertThat(env.get("_HANDLER").asString()).isEqualTo(handler);
        assertThat(env.get("LAMBDA_TASK_ROOT").asString()).isEqualTo("/var/task");
        assertThat(env.get("LAMBDA_RUNTIME_DIR").asString()).isNotEmpty();
        assertThat(env.get("AWS_LAMBDA_RUNTIME_API").asString()).isEqualTo("127.0.0.1:9001");
        assertThat(env.get("AWS_REGION").asString()).isEqualTo("us-east-1");
        assertThat(env.get("AWS_DEFAULT_REGION").asString()).isEqualTo("us-east-1");
        assertThat(env.has("AWS_ACCESS_KEY_ID")).isTrue();
        assertThat(env.has("AWS_SECRET_ACCESS_KEY")).isTrue();
        assertThat(env.has("AWS_SESSION_TOKEN")).isTrue();
        assertThat(env.get("AWS_LAMBDA_LOG_GROUP_NAME").asString()).isEqualTo("/aws/lambda/" + name);
        assertThat(env.get("AWS_LAMBDA_LOG_STREAM_NAME").asString()).isNotEmpty();
        assertThat(env.get("AWS_LAMBDA_INITIALIZATION_TYPE").asString()).isNotEmpty();
    }
}
