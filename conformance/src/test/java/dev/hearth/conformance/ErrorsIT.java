package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;

/// What goes wrong in a function is told in AWS's words. Where a wording was recorded from the service, the test names
/// the scenario of `recorded/lambda.json`.
@ExtendWith(SharedServer.class)
class ErrorsIT {
    private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    private final Lambda lambda;

    ErrorsIT(Lambda lambda) {
        this.lambda = lambda;
    }

    /// Creates a function that may fail to initialise and calls it as soon as calls are taken.
    private Answer callOnce(String runtime, String handler, Code code, Consumer<CreateFunctionRequest.Builder> more) {
        String name = lambda.create(runtime, handler, code, more);
        Deadline.await(
                name + " leaves Pending",
                java.time.Duration.ofMinutes(2),
                () -> !lambda.sdk()
                        .getFunctionConfiguration(r -> r.functionName(name))
                        .stateAsString()
                        .equals("Pending"));
        Answer answer = lambda.call(name, "{}");
        assertThat(answer.error()).as(answer.payload()).contains("Unhandled");
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }

    private Answer python(String handler, String source) {
        return callOnce(Toolchain.pythonRuntime(), handler, Code.of("app.py", source), settings -> {});
    }

    private Answer node(String handler, String source) {
        return callOnce(Toolchain.nodeRuntime(), handler, Code.of("index.js", source), settings -> {});
    }

    /// TestLambdaErrors.test_lambda_handler_error
    @Test
    void pythonExceptionHasTypeMessageAndStack() {
        Answer answer = python("app.handler", "def handler(e, c):\n    raise Exception(\"Handler fails\")\n");
        assertThat(answer.errorType()).isEqualTo("Exception");
        assertThat(answer.errorMessage()).isEqualTo("Handler fails");
        assertThat(answer.json().get("requestId").asString()).matches(UUID);
        assertThat(answer.json().get("stackTrace").get(0).asString())
                .isEqualTo("  File \"/var/task/app.py\", line 2, in handler\n    raise Exception(\"Handler fails\")\n");
    }

    /// TestLambdaErrors.test_lambda_runtime_error
    @Test
    void pythonExceptionAtImportIsTold() {
        Answer answer = python("app.handler", "raise Exception(\"Runtime startup fails\")\n");
        assertThat(answer.errorType()).isEqualTo("Exception");
        assertThat(answer.errorMessage()).isEqualTo("Runtime startup fails");
        assertThat(answer.json().get("requestId").asString("")).isEmpty();
        assertThat(answer.json().get("stackTrace").toString()).contains("/var/task/app.py");
    }

    @Test
    void pythonHandlerThatIsMissingIsNamed() {
        Answer answer = python("app.nope", "def handler(e, c): pass\n");
        assertThat(answer.errorType()).isEqualTo("Runtime.HandlerNotFound");
        assertThat(answer.errorMessage()).isEqualTo("Handler 'nope' missing on module 'app'");
    }

    @Test
    void pythonModuleThatIsMissingIsNamed() {
        Answer answer = python("app.handler", "import nowhere_to_be_found\n");
        assertThat(answer.errorType()).isEqualTo("Runtime.ImportModuleError");
        assertThat(answer.errorMessage())
                .isEqualTo("Unable to import module 'app': No module named 'nowhere_to_be_found'");
    }

    @Test
    void pythonSyntaxErrorIsShownWithItsLine() {
        Answer answer = python("app.handler", "def handler(e, c):\n    return (\n");
        assertThat(answer.errorType()).isEqualTo("Runtime.UserCodeSyntaxError");
        assertThat(answer.errorMessage())
                .startsWith("Syntax error in module 'app': ")
                .contains("line 2");
    }

    @Test
    void pythonAnswerThatIsNotJsonIsNamed() {
        Answer answer = python("app.handler", "def handler(e, c):\n    return {1, 2}\n");
        assertThat(answer.errorType()).isEqualTo("Runtime.MarshalError");
        assertThat(answer.errorMessage())
                .isEqualTo("Unable to marshal response: Object of type set is not JSON serializable");
    }

    /// TestLambdaErrors.test_lambda_handler_exit
    @Test
    void pythonThatExitsIsToldSo() {
        Answer answer = python("app.handler", "import sys\ndef handler(e, c):\n    sys.exit(0)\n");
        assertThat(answer.errorType()).isEqualTo("Runtime.ExitError");
        assertThat(answer.errorMessage())
                .matches("RequestId: " + UUID + " Error: Runtime exited without providing a reason");
    }

    @Test
    void exitStatusIsTold() {
        Answer answer = python("app.handler", "import os\ndef handler(e, c):\n    os._exit(3)\n");
        assertThat(answer.errorType()).isEqualTo("Runtime.ExitError");
        assertThat(answer.errorMessage())
                .matches("RequestId: " + UUID + " Error: Runtime exited with error: exit status 3");
    }

    @Test
    void crashIsToldWithItsSignal() {
        Answer answer = python("app.handler", "import os\ndef handler(e, c):\n    os.kill(os.getpid(), 11)\n");
        assertThat(answer.errorType()).isEqualTo("Runtime.ExitError");
        assertThat(answer.errorMessage()).contains("Runtime exited with error: signal: segmentation fault");
    }

    @Test
    void nodeErrorHasTypeMessageAndTrace() {
        Answer answer = node("index.handler", "exports.handler = async () => { throw new TypeError('boom'); };\n");
        assertThat(answer.errorType()).isEqualTo("TypeError");
        assertThat(answer.errorMessage()).isEqualTo("boom");
        assertThat(answer.json().get("trace").get(0).asString()).isEqualTo("TypeError: boom");
        assertThat(answer.json().get("trace").get(1).asString()).contains("/var/task/index.js:1");
    }

    @Test
    void nodeHandlerThatIsMissingIsNamed() {
        Answer answer = node("index.nope", "exports.handler = async () => 1;\n");
        assertThat(answer.errorType()).isEqualTo("Runtime.HandlerNotFound");
        assertThat(answer.errorMessage()).isEqualTo("index.nope is undefined or not exported");
    }

    @Test
    void nodeModuleThatIsMissingIsNamed() {
        Answer answer = node("index.handler", "require('nowhere'); exports.handler = async () => 1;\n");
        assertThat(answer.errorType()).isEqualTo("Runtime.ImportModuleError");
        assertThat(answer.errorMessage()).startsWith("Error: Cannot find module 'nowhere'");
    }

    @Test
    void nodeSyntaxErrorIsShown() {
        Answer answer = node("index.handler", "exports.handler = async () => { return ( };\n");
        assertThat(answer.errorType()).isEqualTo("Runtime.UserCodeSyntaxError");
        assertThat(answer.errorMessage()).startsWith("SyntaxError: ");
    }

    @Test
    void nodeThatExitsIsToldSo() {
        Answer answer = node("index.handler", "exports.handler = async () => process.exit(4);\n");
        assertThat(answer.errorType()).isEqualTo("Runtime.ExitError");
        assertThat(answer.errorMessage()).contains("Runtime exited with error: exit status 4");
    }

    @Test
    void javaErrorsAreNamed() {
        Code code = Toolchain.java("Failing", """
                import java.util.Map;
                public class Failing {
                    public String handle(Map<String, Object> event) { throw new IllegalStateException("boom"); }
                }
                """, List.of());
        Answer thrown = callOnce("java25", "Failing::handle", code, settings -> settings.memorySize(512));
        assertThat(thrown.errorType()).isEqualTo("java.lang.IllegalStateException");
        assertThat(thrown.errorMessage()).isEqualTo("boom");
        assertThat(thrown.json().get("stackTrace").get(0).asString()).startsWith("Failing.handle(Failing.java:3)");
        Answer missing = callOnce("java25", "Nope::handle", code, settings -> settings.memorySize(512));
        assertThat(missing.errorType()).isEqualTo("java.lang.ClassNotFoundException");
        assertThat(missing.errorMessage()).isEqualTo("Class not found: Nope");
        Answer method = callOnce("java25", "Failing::nope", code, settings -> settings.memorySize(512));
        assertThat(method.errorMessage())
                .isEqualTo("No public method named nope with appropriate method signature found on class Failing");
    }

    @Test
    void goErrorsAreNamed() {
        String name = lambda.deploy("provided.al2023", "bootstrap", Code.bootstrap(Toolchain.go()));
        Answer failed = lambda.call(name, "{\"do\":\"fail\"}");
        assertThat(failed.error()).contains("Unhandled");
        assertThat(failed.errorType()).isEqualTo("errorString");
        assertThat(failed.errorMessage()).isEqualTo("asked to fail");
        Answer panicked = lambda.call(name, "{\"do\":\"panic\"}");
        assertThat(panicked.errorType()).isEqualTo("string");
        assertThat(panicked.errorMessage()).isEqualTo("asked to panic");
        Answer exited = lambda.call(name, "{\"do\":\"exit\"}");
        assertThat(exited.errorMessage()).contains("Runtime exited with error: exit status 3");
        assertThat(lambda.call(name, "{}").error()).isEmpty();
    }

    @Test
    void rustErrorsAreNamed() {
        String name = lambda.deploy("provided.al2023", "bootstrap", Code.bootstrap(Toolchain.rust()));
        Answer failed = lambda.call(name, "{\"do\":\"fail\"}");
        assertThat(failed.error()).contains("Unhandled");
        assertThat(failed.errorMessage()).isEqualTo("asked to fail");
        assertThat(lambda.call(name, "{\"do\":\"panic\"}").error()).contains("Unhandled");
        assertThat(lambda.call(name, "{}").error()).isEmpty();
    }

    @Test
    void errorOfACustomRuntimeIsPassedOn() {
        String name = lambda.deploy(
                "provided.al2023", "x", Code.of("bootstrap", Shell.loop("fail My.Type \"what it says\"")));
        Answer answer = lambda.call(name, "{}");
        assertThat(answer.payload()).isEqualTo("{\"errorType\":\"My.Type\",\"errorMessage\":\"what it says\"}");
        assertThat(answer.error()).contains("Unhandled");
    }

    @Test
    void bootstrapThatEndsAtOnceIsToldSo() {
        Answer answer = callOnce("provided.al2023", "x", Code.of("bootstrap", "#!/bin/sh\nexit 7\n"), settings -> {});
        assertThat(answer.errorType()).isEqualTo("Runtime.ExitError");
        assertThat(answer.errorMessage())
                .matches("RequestId: " + UUID + " Error: Runtime exited with error: exit status 7");
    }

    @Test
    void missingBootstrapIsToldSo() {
        Answer answer = callOnce("provided.al2023", "x", Code.of("other", "#!/bin/sh\n"), settings -> {});
        assertThat(answer.errorType()).isEqualTo("Runtime.InvalidEntrypoint");
        assertThat(answer.errorMessage()).contains("bootstrap");
    }

    @Test
    void timeOutIsToldWithItsLimit() {
        String name = lambda.deploy(
                Toolchain.pythonRuntime(),
                "app.handler",
                Code.of("app.py", "import time\ndef handler(e, c):\n    time.sleep(e.get('s', 0))\n    return 'ok'\n"),
                settings -> settings.timeout(5));
        Answer answer = lambda.call(name, "{\"s\":60}");
        assertThat(answer.error()).contains("Unhandled");
        assertThat(answer.errorType()).isEqualTo("Sandbox.Timedout");
        assertThat(answer.errorMessage()).matches("RequestId: " + UUID + " Error: Task timed out after 5.00 seconds");
        assertThat(answer.log()).contains("Task timed out after 5.00 seconds");
        assertThat(lambda.call(name, "{}").payload()).isEqualTo("\"ok\"");
    }

    @Test
    void outOfMemoryIsToldAsSuch() {
        String name = lambda.deploy(
                Toolchain.pythonRuntime(),
                "app.handler",
                Code.of("app.py", "def handler(e, c):\n    return len(bytearray(400 << 20)) if e else 'ok'\n"));
        Answer answer = lambda.call(name, "{\"x\":1}");
        assertThat(answer.error()).contains("Unhandled");
        assertThat(answer.errorType()).isEqualTo("Runtime.OutOfMemory");
        assertThat(answer.errorMessage()).contains("signal: killed");
        assertThat(lambda.call(name, "{}").payload()).isEqualTo("\"ok\"");
    }

    /// TestLambdaBaseFeatures.test_lambda_too_large_response
    @Test
    void answerOverSixMegabytesIsRefused() {
        String name = lambda.deploy(
                Toolchain.pythonRuntime(),
                "app.handler",
                Code.of("app.py", "def handler(e, c):\n    return 'x' * e['n']\n"),
                settings -> settings.memorySize(512));
        Answer answer = lambda.call(name, "{\"n\":6291556}");
        assertThat(answer.payload())
                .isEqualTo("{\"errorType\":\"Function.ResponseSizeTooLarge\",\"errorMessage\":\"Response payload size"
                        + " exceeded maximum allowed payload size (6291556 bytes).\"}");
        assertThat(answer.error()).contains("Unhandled");
        assertThat(lambda.call(name, "{\"n\":6291554}").payload()).hasSize(6_291_556);
    }

    @Test
    void initThatTakesTooLongIsToldSo() {
        Answer answer = callOnce(
                Toolchain.pythonRuntime(),
                "app.handler",
                Code.of("app.py", "import time\ntime.sleep(60)\ndef handler(e, c): pass\n"),
                settings -> settings.timeout(2));
        assertThat(answer.errorType()).isEqualTo("Sandbox.Timedout");
        assertThat(answer.errorMessage()).contains("timed out");
    }
}
