package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What Python is spared at a start, and that functions do not miss it.
@Timeout(300)
final class PythonStartIT {
    private static final String PYTHONS = "dev.hearth.runtime.PythonBootstrapIT#pythons";
    private static final String ECHO = "def handler(event, context):\n    return event\n";

    /// Numbers, blanks, encodings, things that are not JSON.
    private static final List<String> EVENTS = List.of(
            "{\"a\":[1,-0,1.0,1e3,1E400,-1e-400,12345678901234567890],\"b\":{\"b\":null},\"b\":[true,false]}",
            " \n\t{ \"a\" : 1 }\r\n ",
            "\"\\u00e9\\ud83d\\ude00é😀\\/\\b\\f\\n\\r\\t\\u001f\\u007f\\u2028\u2028\u007f\"",
            "\"\\ud800\"",
            "\"\"",
            "[]",
            "{}",
            "NaN",
            "[Infinity,-Infinity]",
            "1.5",
            "007",
            "{\"a\":1} x",
            "1 2",
            "",
            "   ",
            "{",
            "[1,]",
            "{'a':1}",
            "\"a\nb\"",
            "\u00a01",
            "\ufeff1",
            "\u0000",
            "[".repeat(100_000));

    @TempDir
    static Path bootstraps;

    @TempDir
    Path task;

    @BeforeAll
    static void install() {
        Bootstraps.install(bootstraps, Path.of("none"));
    }

    private FunctionRun run(Installation python, String code, Map<String, String> environment) throws IOException {
        Files.writeString(task.resolve("app.py"), code);
        List<String> command = List.of(
                python.program().toString(),
                "-S",
                bootstraps.resolve("python/bootstrap.py").toString());
        return new FunctionRun(command, task, "app.handler", environment);
    }

    private List<String> answers(Installation python, String code) throws IOException {
        List<String> answers = new ArrayList<>();
        try (FunctionRun run = run(python, code, Map.of())) {
            for (String event : EVENTS) {
                answers.add(
                        switch (run.invoke(event)) {
                            case Answer.Response(Payload body) -> FunctionRun.text(body);
                            case Answer.Error(String type, Payload body) -> type + " " + FunctionRun.text(body);
                            case Answer other -> other.toString();
                        });
            }
        }
        return answers;
    }

    @ParameterizedTest
    @MethodSource(PYTHONS)
    void jsonIsTheSameWithoutItsModule(Installation python) throws Exception {
        assertThat(answers(python, ECHO)).isEqualTo(answers(python, "import json\n" + ECHO));
    }

    @ParameterizedTest
    @MethodSource(PYTHONS)
    void modulesThatNobodyUsesAreNotLoaded(Installation python) throws Exception {
        String code = """
                import sys
                def handler(event, context):
                    return [name for name in ('json', 're', 'logging', 'socket', 'traceback') if name in sys.modules]
                """;
        try (FunctionRun run = run(python, code, Map.of())) {
            assertThat(run.result("{\"a\": [1, 2.5]}")).isEqualTo("[]");
        }
    }

    @ParameterizedTest
    @MethodSource(PYTHONS)
    void answersThatJsonRefusesAreRefusedInItsWords(Installation python) throws Exception {
        String code = """
                def handler(event, context):
                    loop = []
                    loop.append(loop)
                    return {'set': {1}, 'key': {(1, 2): 3}, 'loop': loop}[event]
                """;
        try (FunctionRun run = run(python, code, Map.of());
                FunctionRun reference = run(python, "import json\n" + code, Map.of())) {
            for (String event : List.of("\"set\"", "\"key\"", "\"loop\"")) {
                assertThat(run.error(event)).contains("Runtime.MarshalError").isEqualTo(reference.error(event));
            }
        }
    }

    @ParameterizedTest
    @MethodSource(PYTHONS)
    void functionsFindWhatTheModuleSiteGives(Installation python) throws Exception {
        Path custom = Files.createDirectories(task.resolve("custom"));
        Files.writeString(custom.resolve("sitecustomize.py"), "import builtins\nbuiltins.customized = 1\n");
        String code = """
                import site, sys
                def handler(event, context):
                    given = set(site.getsitepackages()) & set(sys.path)
                    return [customized, str(exit), callable(help), sys.path[0], len(given) > 0, sys.path.count('/opt/python')]
                """;
        try (FunctionRun run = run(python, code, Map.of("PYTHONPATH", custom.toString()))) {
            assertThat(run.result("1"))
                    .isEqualTo("[1, \"Use exit() or Ctrl-D (i.e. EOF) to exit\", true, \"" + task + "\", true, 1]");
        }
    }
}
