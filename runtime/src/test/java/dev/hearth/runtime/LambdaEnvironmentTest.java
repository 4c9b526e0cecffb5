package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LambdaEnvironmentTest {
    private static Map<String, String> environment(String runtime, Map<String, String> own) {
        return LambdaEnvironment.of(
                RuntimesConfig.of(Path.of("/b")),
                RuntimeId.of(runtime).orElseThrow(),
                new LaunchRequest(
                        Versioned.of(runtime, "app.handler", own),
                        Path.of("/t"),
                        Optional.empty(),
                        "2026/11/21/[$LATEST]ab"));
    }

    @Test
    void variablesAreThoseOfAws() {
        String lines = """
                AWS_ACCESS_KEY_ID=ASIAHEARTHPLACEHOLDR
                AWS_DEFAULT_REGION=us-east-1
                AWS_EXECUTION_ENV=AWS_Lambda_nodejs22.x
                AWS_LAMBDA_FUNCTION_MEMORY_SIZE=512
                AWS_LAMBDA_FUNCTION_NAME=fn
                AWS_LAMBDA_FUNCTION_VERSION=$LATEST
                AWS_LAMBDA_INITIALIZATION_TYPE=on-demand
                AWS_LAMBDA_LOG_FORMAT=JSON
                AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/fn
                AWS_LAMBDA_LOG_LEVEL=DEBUG
                AWS_LAMBDA_LOG_STREAM_NAME=2026/11/21/[$LATEST]ab
                AWS_LAMBDA_RUNTIME_API=127.0.0.1:9001
                AWS_REGION=us-east-1
                AWS_SECRET_ACCESS_KEY=hearth-placeholder-secret-access-key-000
                AWS_SESSION_TOKEN=hearth-placeholder
                LAMBDA_RUNTIME_DIR=/var/runtime
                LAMBDA_TASK_ROOT=/var/task
                LANG=en_US.UTF-8
                LD_LIBRARY_PATH=/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib
                NODE_PATH=/opt/nodejs/node22/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task
                OWN=1
                PATH=/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin
                TZ=:UTC
                _HANDLER=app.handler
                """;
        StringBuilder actual = new StringBuilder();
        new TreeMap<>(environment("nodejs22.x", Map.of("OWN", "1")))
                .forEach((name, value) ->
                        actual.append(name).append('=').append(value).append('\n'));
        assertThat(actual.toString()).isEqualTo(lines);
    }

    @Test
    void functionsMayChangeWhatIsNotReserved() {
        Map<String, String> own = Map.of(
                "PATH",
                "/own",
                "LANG",
                "C",
                "AWS_REGION",
                "moon",
                "_HANDLER",
                "evil.handler",
                "AWS_LAMBDA_RUNTIME_API",
                "127.0.0.1:1",
                "_LAMBDA_TELEMETRY_LOG_FD",
                "1",
                "AWS_SESSION_TOKEN",
                "t");
        assertThat(environment("python3.13", own))
                .containsEntry("PATH", "/own")
                .containsEntry("LANG", "C")
                .containsEntry("AWS_REGION", "us-east-1")
                .containsEntry("_HANDLER", "app.handler")
                .containsEntry("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001")
                .containsEntry("AWS_SESSION_TOKEN", "hearth-placeholder")
                .containsEntry("PYTHONPATH", "/var/runtime")
                .doesNotContainKey("_LAMBDA_TELEMETRY_LOG_FD");
    }

    @Test
    void customRuntimesHaveNoExecutionEnvironmentName() {
        assertThat(environment("provided.al2023", Map.of("AWS_EXECUTION_ENV", "x")))
                .doesNotContainKeys("AWS_EXECUTION_ENV", "NODE_PATH", "PYTHONPATH");
    }
}
