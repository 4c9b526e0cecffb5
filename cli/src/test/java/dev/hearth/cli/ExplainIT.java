package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExplainIT {
    private FakeHearth hearth;
    private Shell shell;

    @BeforeEach
    void start() throws IOException {
        hearth = new FakeHearth();
        hearth.has("orders", "python3.11", "app.handler");
        FakeHearth.of(hearth.functions, "orders").put("Environment", Map.of("Variables", Map.of("TABLE", "orders")));
        hearth.code.put(
                "orders",
                Recorded.zip(
                        "app.py", "import json\nimport big\n",
                        "big.py", "import decimal\nimport small\n",
                        "small.py", "import numbers\nimport uuid\n",
                        "lazy.py", ""));
        int time = 1;
        for (String line : Recorded.lines("python-3.11.log")) {
            hearth.logEvents.add(
                    Map.of("eventId", "" + time, "timestamp", (long) time++, "logStreamName", "a", "message", line));
        }
        shell = new Shell(hearth.endpoint());
    }

    @AfterEach
    void stop() {
        hearth.close();
    }

    @Test
    void reportHasThePhasesAndRanksTheDependencies() {
        Shell.Ran ran = shell.run("explain", "orders", "--json");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        Json report = Json.parse(ran.out());
        assertThat(report.get("phases").items())
                .extracting(phase -> phase.textOrEmpty("phase"))
                .containsSubsequence("sandbox", "runtime", "code", "init");
        List<Json> dependencies = report.get("dependencies").items();
        assertThat(dependencies)
                .extracting(dependency -> dependency.textOrEmpty("name"))
                .startsWith("your code", "decimal", "uuid", "platform");
        Json uuid = dependencies.get(2);
        assertThat(uuid.textOrEmpty("savedIfRemovedMillis")).isEqualTo("2.327");
        assertThat(uuid.textOrEmpty("advice"))
                .isEqualTo(
                        "import it inside the function that uses it, not in small.py:2: 2.33 ms less, until it is used");
    }

    @Test
    void copyTellsWhatItLoadsAndTheFunctionIsLeftAlone() {
        shell.run("explain", "orders", "--samples", "1");

        assertThat(hearth.functions).containsOnlyKeys("orders");
        assertThat(hearth.requests).noneMatch(request -> request.matches("(PUT|DELETE) .*/functions/orders(/.*)?"));
        assertThat(hearth.updated)
                .containsEntry(
                        "Environment",
                        Map.of(
                                "Variables",
                                Map.of(
                                        "TABLE", "orders",
                                        "PYTHONPROFILEIMPORTTIME", "1",
                                        "PYTHONPATH", "/var/task/_hearth_explain:/var/runtime")));
        byte[] code = hearth.code.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("orders-explain-"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        assertThat(PackageFiles.of(code).paths())
                .containsExactlyInAnyOrder(
                        "app.py", "big.py", "small.py", "lazy.py", "_hearth_explain/sitecustomize.py");
    }

    @Test
    void tableIsForPeopleWithBarsOnATerminal() {
        String plain = shell.run("explain", "orders").out();
        shell.coloured = true;
        String terminal = shell.run("explain", "orders").out();

        assertThat(plain)
                .contains("DEPENDENCY", "uuid", "small.py:2", "big.py:1")
                .doesNotContain("█", "\u001b");
        assertThat(terminal).contains("█");
    }

    @Test
    void runtimeThatTellsNothingStillHasPhases() {
        hearth.has("native", "provided.al2023", "bootstrap");

        Shell.Ran ran = shell.run("explain", "native");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("sandbox", "provided.al2023 does not tell what it loads");
    }

    @Test
    void serverThatDoesNotBootIsNamed() {
        hearth.starts.strays.addAll(new ArrayList<>(List.of("warm", "warm", "warm")));

        Shell.Ran ran = shell.run("explain", "orders");

        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.err()).contains("answered from warm");
        assertThat(hearth.functions).containsOnlyKeys("orders");
    }

    @Test
    void functionThatFailsIsNotExplained() {
        hearth.answerToInvoke = Response.of(
                        200, "application/json", "{\"errorType\":\"KeyError\"}".getBytes(StandardCharsets.UTF_8))
                .with("X-Amz-Function-Error", "Unhandled");

        Shell.Ran ran = shell.run("explain", "orders");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("KeyError").contains("--payload");
    }
}
