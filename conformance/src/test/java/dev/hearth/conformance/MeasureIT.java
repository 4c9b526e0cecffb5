package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `hearth bench` and `hearth explain` against a real server: that origins are forced and told, and that what makes a
/// runtime tell what it loads gets through to it.
@ExtendWith(SharedServer.class)
class MeasureIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final HearthServer server;
    private final Lambda lambda;

    MeasureIT(HearthServer server, Lambda lambda) {
        this.server = server;
        this.lambda = lambda;
    }

    @Test
    void bootIsForcedAndToldInItsPhases() {
        String name = lambda.deploy(
                Toolchain.pythonRuntime(), "app.handler", Code.of("app.py", "def handler(e, c): return e\n"));

        JsonNode report = hearth("bench", "cold", name, "--origin", "boot", "--samples", "2");

        JsonNode boot = named(report.get("origins"), "origin", "boot");
        assertThat(boot.get("n").asInt()).isEqualTo(2);
        assertThat(boot.get("visibleColdMillis").get("p50").asDouble()).isPositive();
        assertThat(named(boot.get("phases"), "phase", "runtime").get("millis").asDouble())
                .isPositive();
    }

    @Test
    void loadCallsAsOftenAsItIsTold() {
        String name = lambda.deploy(
                Toolchain.pythonRuntime(), "app.handler", Code.of("app.py", "def handler(e, c): return e\n"));

        JsonNode stage = hearth("bench", "load", name, "--stage", "50/200ms")
                .get("stages")
                .get(0);

        assertThat(stage.get("succeeded").asInt()).isEqualTo(10);
    }

    @Test
    void pythonTellsWhatItImports() {
        JsonNode decimal = explained(Toolchain.pythonRuntime(), "app.handler", Code.of("app.py", """
                import colorsys
                import decimal
                def handler(event, context):
                    return 1
                """), "decimal");

        assertThat(decimal.get("askedForBy").get(0).asString()).isEqualTo("app.py:2");
        assertThat(decimal.get("totalMillis").asDouble()).isPositive();
    }

    @Test
    void nodeTellsWhatItLoadsOfEitherKindOfModule() {
        Code common = Code.of("index.js", "const t = require('trace_events');\nexports.handler = async () => 1;\n");
        Code es = Code.of("index.mjs", "import { x } from './x.mjs';\nexport const handler = async () => x;\n")
                .with("x.mjs", "import a from 'a';\nexport const x = a;\n")
                .with("node_modules/a/package.json", "{\"name\":\"a\",\"version\":\"1.0.0\"}")
                .with("node_modules/a/index.js", "module.exports = 1;\n");

        JsonNode builtIn = explained(Toolchain.nodeRuntime(), "index.handler", common, "node:trace_events");
        JsonNode ofPackage = explained(Toolchain.nodeRuntime(), "index.handler", es, "a 1.0.0");

        assertThat(builtIn.get("askedForBy").get(0).asString()).isEqualTo("index.js:1");
        assertThat(ofPackage.get("askedForBy").get(0).asString()).isEqualTo("x.mjs:1");
    }

    @Test
    void javaTellsWhatItLoads() {
        Code code = Toolchain.java("Told", """
                public class Told {
                    public String handle(String event) {
                        return new java.util.concurrent.ConcurrentSkipListMap<>(java.util.Map.of("a", event)).toString();
                    }
                }
                """, List.of());

        JsonNode own = explained("java25", "Told::handle", code, "your code", "--payload", "\"x\"");

        assertThat(own.get("modules").asInt()).isPositive();
    }

    /// What `hearth explain` says of one dependency; that it left nothing behind is checked as well.
    private JsonNode explained(String runtime, String handler, Code code, String dependency, String... more) {
        String name = lambda.deploy(runtime, handler, code);
        var words = new ArrayList<>(List.of("explain", name, "--samples", "1"));
        words.addAll(List.of(more));

        JsonNode report = hearth(words.toArray(String[]::new));

        assertThat(report.get("phases").isEmpty()).isFalse();
        assertThat(lambda.sdk().listFunctions().functions())
                .extracting(FunctionConfiguration::functionName)
                .noneMatch(other -> other.startsWith(name + "-explain-"));
        return named(report.get("dependencies"), "name", dependency);
    }

    private JsonNode hearth(String... words) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.hearth.server.Main"));
        command.addAll(List.of(words));
        command.addAll(List.of("--json", "--endpoint", server.endpoint().toString()));
        String output =
                Command.run(LIMIT, Path.of("."), Map.of(), command).orFail().output();
        // Notes on standard error come before the result.
        return JsonMapper.shared().readTree(output.substring(output.indexOf('{')));
    }

    private static JsonNode named(JsonNode list, String field, String value) {
        for (JsonNode element : list) {
            if (element.get(field).asString().equals(value)) {
                return element;
            }
        }
        throw new AssertionError("no " + value + " in " + list);
    }
}
