package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The same handlers under our bootstrap and under AWS's own client: answers, error documents and logs must be the
/// same. Needs `awslambdaric`, installed by `pythonX.Y -m pip install --target DIR/pyric-X.Y awslambdaric` for one or
/// more versions, and `-Dhearth.test.awslambdaric=DIR`; skipped without.
@Timeout(300)
final class PythonComparisonIT {
    private record Case(String code, List<String> events) {}

    private static final String CODE = """
            import collections, datetime, decimal, json, logging, os, sys
            P = collections.namedtuple('P', 'x y')
            class Odd(Exception):
                def __str__(self): return 'odd\\n  message "quoted"'
            def boom(n): return boom(n - 1) if n else 1 / 0
            def handler(event, context):
                if isinstance(event, str): return eval(event)
                if event == 1: raise Odd()
                if event == 2: boom(3)
                if event == 3: return {'nested': (1, [2, {'k': None}])}
                if event == 4: raise KeyError('missing')
                if event == 5:
                    try: boom(0)
                    except Exception as e: raise ValueError('second') from e
                if event == 6: return lambda: 1
                if event == 7: logging.warning('careful %s', {'a': 1})
                if event == 8: print('two\\nlines')
                if event == 9: raise BlockingIOError(11, 'again')
                return event
            """;

    private static final List<String> EXPRESSIONS = List.of(
            "decimal.Decimal('1.10')",
            "{'a': decimal.Decimal('NaN'), 'b': decimal.Decimal('Infinity'), 'c': decimal.Decimal('1E+2')}",
            "P(1, [P(2, 3)])",
            "{'b': b'bytes'}",
            "b'raw \\x00'",
            "bytearray(b'x')",
            "float('nan')",
            "[float('inf'), -float('inf'), 1e300, 0.1, -0.0]",
            "'ümläut \\u2028 \\U0001f600 \\x7f'",
            "{1: 'a', None: 'b', True: 'c', 2.5: 'd'}",
            "{(1, 2): 3}",
            "{'s': {1}}",
            "datetime.date(2020, 1, 1)",
            "12345678901234567890123",
            "repr(context)",
            "[context.client_context.custom, context.identity.cognito_identity_id]",
            "sorted(k for k in vars(context) if not k.startswith('_'))",
            "os.environ['_X_AMZN_TRACE_ID']",
            "type(sys.stdout.encoding).__name__",
            "undefined_name",
            "None",
            "True",
            "''",
            "[]",
            "(i for i in range(3))",
            "collections.OrderedDict(b=1, a=2)",
            "json.loads('{\"x\": 1.0}')");

    @TempDir
    static Path bootstraps;

    @TempDir
    Path task;

    @Test
    void answersAndLogsAreThoseOfAwsClient() throws Exception {
        String clients = System.getProperty("hearth.test.awslambdaric", "");
        assumeTrue(!clients.isEmpty(), "no awslambdaric to compare with");
        Bootstraps.install(bootstraps, Path.of("none"));
        int compared = 0;
        Finder finder = new Finder(
                List.of(), new Versions(Optional.empty()), Path.of(System.getProperty("user.home")), System.getenv());
        for (Installation python : finder.pythons()) {
            String minor = python.version().substring(0, python.version().lastIndexOf('.'));
            Path client = Path.of(clients, "pyric-" + minor);
            if (Files.isDirectory(client)) {
                compare(python, minor, client);
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    private void compare(Installation python, String minor, Path client) throws IOException {
        List<String> events =
                new ArrayList<>(List.of("{\"a\": [1, 2.0, \"ü\"]}", "3", "4", "5", "7", "8", "9", "1", "2", "6"));
        EXPRESSIONS.forEach(
                expression -> events.add("\"" + expression.replace("\\", "\\\\").replace("\"", "\\\"") + "\""));
        List<Case> cases = List.of(
                new Case(CODE, events),
                new Case("x = 1\n", List.of()),
                new Case("def handler(:\n", List.of()),
                new Case("import nothere\n", List.of()),
                new Case("raise Exception('at import')\n", List.of()),
                new Case("import sys\nsys.exit(5)\n", List.of()));
        for (String format : List.of("Text", "JSON")) {
            Map<String, String> environment =
                    Map.of("AWS_EXECUTION_ENV", "AWS_Lambda_python" + minor, "AWS_LAMBDA_LOG_FORMAT", format);
            for (Case one : cases) {
                Files.writeString(task.resolve("app.py"), one.code);
                String program = python.program().toString();
                List<String> ours = outcome(
                        List.of(
                                program,
                                "-S",
                                bootstraps.resolve("python/bootstrap.py").toString()),
                        one,
                        environment);
                Map<String, String> withClient = new java.util.HashMap<>(environment);
                withClient.put("PYTHONPATH", client + ":" + task);
                List<String> theirs = outcome(List.of(program, "-m", "awslambdaric", "app.handler"), one, withClient);
                assertThat(differences(ours, theirs)).as(minor + " " + format).isEmpty();
            }
        }
    }

    private static List<String> differences(List<String> ours, List<String> theirs) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
            String our = i < ours.size() ? ours.get(i) : "nothing";
            String their = i < theirs.size() ? theirs.get(i) : "nothing";
            if (!our.equals(their)) {
                differences.add("ours:   " + our + "\n  theirs: " + their);
            }
        }
        return differences;
    }

    private List<String> outcome(List<String> command, Case one, Map<String, String> environment) throws IOException {
        List<String> outcome = new ArrayList<>();
        try (FunctionRun run = new FunctionRun(command, task, "app.handler", environment)) {
            if (one.events.isEmpty()) {
                Thread watch = Thread.ofVirtual().start(() -> {
                    try {
                        outcome.add("exit " + run.exitCode());
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    } finally {
                        run.served.api.close();
                    }
                });
                String initialised = describe(run.initialised());
                try {
                    watch.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                outcome.add(initialised);
            }
            for (String event : one.events) {
                outcome.add(event + " -> " + describe(run.invoke(event)));
            }
            String log = run.log()
                    .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "TIME")
                    .replace('\r', '\n');
            outcome.addAll(log.lines().filter(line -> !line.isEmpty()).toList());
        }
        return outcome;
    }

    private static String describe(Answer answer) {
        return switch (answer) {
            case Answer.Response(var payload) -> "response " + FunctionRun.text(payload);
            // AWS's client sends no type with errors of invocations; the document has it
            case Answer.Error(var type, var payload) -> "error " + FunctionRun.text(payload);
            default -> answer.toString();
        };
    }

    private static String describe(Initialised initialised) {
        return initialised instanceof Initialised.Failed(String type, var payload)
                ? "failed " + type + " " + FunctionRun.text(payload)
                : initialised.toString();
    }
}
