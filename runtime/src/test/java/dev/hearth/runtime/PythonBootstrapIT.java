package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each test runs with every Python found on this machine that AWS has a runtime for.
@Timeout(300)
final class PythonBootstrapIT {
    private static final String ID = "0b7a1d9e-0000-4000-8000-000000000001";

    @TempDir
    static Path bootstraps;

    @TempDir
    Path task;

    @BeforeAll
    static void install() {
        Bootstraps.install(bootstraps, Path.of("none"));
    }

    static Stream<Installation> pythons() {
        Finder finder = new Finder(
                List.of(), new Versions(Optional.empty()), Path.of(System.getProperty("user.home")), System.getenv());
        List<Installation> found = finder.pythons().stream()
                .filter(python -> RuntimeId.all().stream()
                        .anyMatch(id -> id.family() == RuntimeId.Family.PYTHON && python.isRelease(id.version())))
                .toList();
        assertThat(found).as("this machine has no Python").isNotEmpty();
        return found.stream();
    }

    private FunctionRun run(Installation python, String code, Map<String, String> more) throws IOException {
        Files.writeString(task.resolve("app.py"), code);
        return start(python, "app.handler", more);
    }

    private FunctionRun run(Installation python, String handler, String code) throws IOException {
        Files.writeString(task.resolve("app.py"), code);
        return start(python, handler, Map.of());
    }

    private FunctionRun start(Installation python, String handler, Map<String, String> more) throws IOException {
        List<String> command = List.of(
                python.program().toString(),
                "-S",
                bootstraps.resolve("python/bootstrap.py").toString());
        return new FunctionRun(command, task, handler, more);
    }

    private FunctionRun run(Installation python, String code) throws IOException {
        return run(python, code, Map.of());
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void answersAsJson(Installation python) throws Exception {
        try (FunctionRun run = run(python, "def handler(event, context):\n    return {'got': event, 'ok': True}\n")) {
            assertThat(run.result("{\"a\": [1, 2.5, null, \"x\"]}"))
                    .isEqualTo("{\"got\": {\"a\": [1, 2.5, null, \"x\"]}, \"ok\": true}");
            assertThat(run.result("null")).isEqualTo("{\"got\": null, \"ok\": true}");
            assertThat(run.result("\"" + "x".repeat(3_000_000) + "\"")).hasSize(3_000_000 + 23);
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void givesTheWholeContext(Installation python) throws Exception {
        String code = """
                import os
                def handler(event, context):
                    return [context.function_name, context.function_version, context.invoked_function_arn,
                            context.memory_limit_in_mb, context.aws_request_id, context.log_group_name,
                            context.log_stream_name, context.identity.cognito_identity_id,
                            context.identity.cognito_identity_pool_id, context.client_context.custom,
                            context.client_context.env, context.client_context.client.app_title,
                            context.client_context.client.installation_id,
                            0 < context.get_remaining_time_in_millis() <= 60000,
                            os.environ['_X_AMZN_TRACE_ID']]
                """;
        try (FunctionRun run = run(python, code)) {
            String custom = python.isRelease("3.12") || python.isRelease("3.13") || python.isRelease("3.14")
                    ? "grün"
                    : "gr\\u00fcn";
            assertThat(run.result("{}"))
                    .isEqualTo(
                            "[\"fn\", \"$LATEST\", \"arn:aws:lambda:us-east-1:000000000000:function:fn\", \"128\", \""
                                    + ID + "\", \"/aws/lambda/fn\", \"stream\", \"ci\", \"cp\", {\"k\": \"" + custom
                                    + "\"}, {\"e\": 1}, \"t\", null, true,"
                                    + " \"Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0\"]");
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void encodesWhatAwsEncodes(Installation python) throws Exception {
        String code = """
                from decimal import Decimal
                from collections import namedtuple
                P = namedtuple('P', 'x y')
                def handler(event, context):
                    return eval(event)
                """;
        try (FunctionRun run = run(python, code)) {
            assertThat(run.result("\"{'d': Decimal('1.10'), 'n': [Decimal('NaN'), Decimal('-1E+3')], 'f': 0.5}\""))
                    .isEqualTo("{\"d\": 1.10, \"n\": [NaN, -1E+3], \"f\": 0.5}");
            assertThat(run.result("\"[P(1, 'b'), (1, 2)]\"")).isEqualTo("[{\"x\": 1, \"y\": \"b\"}, [1, 2]]");
            assertThat(run.result("\"{'b': b'text'}\"")).isEqualTo("{\"b\": \"text\"}");
            assertThat(run.result("\"b'raw'\"")).isEqualTo("raw");
            assertThat(run.error("\"{1, 2}\""))
                    .isEqualTo("{\"errorMessage\": \"Unable to marshal response: Object of type set is not JSON"
                            + " serializable\", \"errorType\": \"Runtime.MarshalError\", \"requestId\": \"" + ID
                            + "\", \"stackTrace\": []}");
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void tellsUnhandledExceptionsInAwsForm(Installation python) throws Exception {
        String code = """
                def deeper():
                    raise ValueError("wrong")
                def handler(event, context):
                    deeper()
                """;
        try (FunctionRun run = run(python, code)) {
            String file = task.resolve("app.py").toString();
            assertThat(run.error("{}"))
                    .isEqualTo("{\"errorMessage\": \"wrong\", \"errorType\": \"ValueError\", \"requestId\": \"" + ID
                            + "\", \"stackTrace\": [\"  File \\\"" + file
                            + "\\\", line 4, in handler\\n    deeper()\\n\", \"  File \\\"" + file
                            + "\\\", line 2, in deeper\\n    raise ValueError(\\\"wrong\\\")\\n\"]}");
            assertThat(run.error("{}")).as("the process answers again").contains("ValueError");
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void tellsWhyAHandlerCannotBeLoaded(Installation python) throws Exception {
        try (FunctionRun run = run(python, "app.missing", "x = 1\n")) {
            assertThat(run.initError())
                    .isEqualTo("{\"errorMessage\": \"Handler 'missing' missing on module 'app'\", \"errorType\":"
                            + " \"Runtime.HandlerNotFound\", \"requestId\": \"\", \"stackTrace\": []}");
            assertThat(run.exitCode()).isEqualTo(1);
        }
        try (FunctionRun run = run(python, "nothere.handler", "x = 1\n")) {
            assertThat(run.initError())
                    .isEqualTo("{\"errorMessage\": \"Unable to import module 'nothere': No module named 'nothere'\","
                            + " \"errorType\": \"Runtime.ImportModuleError\", \"requestId\": \"\", \"stackTrace\":"
                            + " []}");
        }
        try (FunctionRun run = run(python, "handler", "x = 1\n")) {
            assertThat(run.initError()).contains("Runtime.MalformedHandlerName", "Bad handler 'handler': not enough");
        }
        try (FunctionRun run = run(python, "sys.exit", "x = 1\n")) {
            assertThat(run.initError()).contains("Runtime.BuiltInModuleConflict");
        }
        try (FunctionRun run = run(python, "app.handler", "def handler(:\n")) {
            assertThat(run.initError())
                    .contains("\"errorType\": \"Runtime.UserCodeSyntaxError\"")
                    .contains("Syntax error in module 'app': invalid syntax (app.py, line 1)")
                    .contains("\"stackTrace\": [\"  File \\\"" + task + "/app.py\\\" Line 1\\n    def handler(:\\n\"]");
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void tellsExceptionsOfTheModuleWithTheWholeImport(Installation python) throws Exception {
        try (FunctionRun run = run(python, "raise Exception(\"Runtime startup fails\")\n")) {
            assertThat(run.initError())
                    .startsWith("{\"errorMessage\": \"Runtime startup fails\", \"errorType\": \"Exception\","
                            + " \"requestId\": \"\", \"stackTrace\": [\"  File \\\"")
                    .contains("/importlib/__init__.py\\\", line ")
                    .endsWith("\"  File \\\"" + task
                            + "/app.py\\\", line 1, in <module>\\n    raise Exception(\\\"Runtime startup"
                            + " fails\\\")\\n\"]}");
            assertThat(run.log())
                    .contains("LAMBDA_WARNING: Unhandled exception.")
                    .contains("[ERROR] Exception: Runtime");
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void endsWithTheExitCodeOfTheHandler(Installation python) throws Exception {
        try (FunctionRun run = run(python, "import sys\ndef handler(event, context):\n    sys.exit(3)\n")) {
            assertThat(run.initialised()).isEqualTo(new Initialised.Ready());
            var answer = run.served.invoke(FunctionRun.event(ID, "{}"), 60_000);
            assertThat(run.exitCode()).isEqualTo(3);
            run.served.api.close();
            assertThat(answer.get()).isEqualTo(new Answer.Disconnected());
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void writesLogLinesAsAws(Installation python) throws Exception {
        String code = """
                import logging
                logger = logging.getLogger()
                logger.setLevel(logging.INFO)
                def handler(event, context):
                    print('plain')
                    logger.info('told %d', 1)
                    print('part', end='')
                    try:
                        raise ValueError('bad')
                    except ValueError:
                        logger.exception('oops')
                """;
        try (FunctionRun run = run(python, code)) {
            assertThat(run.result("{}")).isEqualTo("null");
            assertThat(run.log().lines().toList())
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo("plain"),
                            line -> assertThat(line)
                                    .matches("\\[INFO]\\t\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\\t" + ID
                                            + "\\ttold 1"),
                            line -> assertThat(line).startsWith("part[ERROR]\t").endsWith("\toops"),
                            line -> assertThat(line).isEqualTo("Traceback (most recent call last):"),
                            line -> assertThat(line).contains("line 9, in handler"),
                            line -> assertThat(line).contains("raise ValueError('bad')"),
                            line -> assertThat(line).isEqualTo("ValueError: bad"));
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void writesJsonLogsWhereConfigured(Installation python) throws Exception {
        String code = """
                import logging
                def handler(event, context):
                    logging.getLogger('a').warning('hi', extra={'k': 1})
                    logging.debug('hidden')
                    raise ValueError('x')
                """;
        Map<String, String> json = Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON", "AWS_LAMBDA_LOG_LEVEL", "INFO");
        try (FunctionRun run = run(python, code, json)) {
            assertThat(run.error("{}")).contains("ValueError");
            assertThat(run.log().lines().toList())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("{\"timestamp\": \"")
                                    .endsWith("\"level\": \"WARNING\", \"message\": \"hi\", \"logger\": \"a\","
                                            + " \"requestId\": \"" + ID + "\", \"k\": 1}"),
                            line -> assertThat(line)
                                    .contains("\"level\": \"ERROR\", \"errorMessage\": \"x\", \"errorType\":"
                                            + " \"ValueError\""));
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void loadsHandlersFromPackagesAndFolders(Installation python) throws Exception {
        Files.createDirectories(task.resolve("pkg/sub"));
        Files.writeString(task.resolve("pkg/sub/mod.py"), "def h(event, context):\n    return __name__\n");
        for (String handler : List.of("pkg.sub.mod.h", "pkg/sub/mod.h")) {
            try (FunctionRun run = start(python, handler, Map.of())) {
                assertThat(run.result("{}")).isEqualTo("\"pkg.sub.mod\"");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void searchesThePathsOfAws(Installation python) throws Exception {
        try (FunctionRun run = run(
                python,
                "import sys\ndef handler(event, context):\n    return sys.path[:4]\n",
                Map.of("PYTHONPATH", "/var/runtime"))) {
            String minor = python.version().substring(0, python.version().lastIndexOf('.'));
            assertThat(run.result("{}"))
                    .isEqualTo("[\"" + task + "\", \"/opt/python/lib/python" + minor
                            + "/site-packages\", \"/opt/python\", \"/var/runtime\"]");
        }
    }
}
