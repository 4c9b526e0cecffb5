package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.cli.LoadTrace.Edge;
import dev.hearth.cli.LoadTrace.Load;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What CPython 3.11 wrote of a function that imports json, which the runtime had imported, `big`, which imports
/// decimal and `small`, which imports numbers, as decimal does, and uuid; its handler imports `lazy`, which imports
/// colorsys.
class PythonImportsTest {
    private static final String APP = """
            import json
            import big
            from small import thing


            def handler(event, context):
                import lazy
            """;
    private static LoadTrace trace = new LoadTrace(List.of(), java.util.Set.of());
    private static List<DependencyCost> costs = List.of();

    @BeforeAll
    static void read() throws IOException {
        trace = PythonImports.parse(Recorded.lines("python-3.11.log"));
        byte[] zip = Recorded.zip(
                "app.py", APP,
                "big.py", "import decimal\nimport small\n",
                "small.py", "import numbers\nimport uuid\n",
                "lazy.py", "import colorsys\n");
        costs = Attribution.of(trace, new PythonOwners(PackageFiles.of(zip), List.of()));
    }

    @Test
    void modulesStandBelowThatWhichImportedThemFirst() {
        assertThat(load("numbers").selfNanos()).isEqualTo(346_000);
        assertThat(parent("numbers")).isEqualTo("_decimal");
        assertThat(parent("_decimal")).isEqualTo("decimal");
        assertThat(parent("decimal")).isEqualTo("big");
        assertThat(parent("small")).isEqualTo("big");
        assertThat(parent("big")).isEqualTo("app");
    }

    @Test
    void moduleOfTheHandlerIsTimedThoughImporttimeLeavesItOut() {
        assertThat(load("app").parent()).isEqualTo(LoadTrace.NO_PARENT);
        assertThat(load("app").selfNanos()).isEqualTo(96_157_915 - 95_765_000);
        assertThat(Recorded.named(costs, "your code").totalNanos()).isGreaterThanOrEqualTo(96_157_915);
    }

    @Test
    void moduleAskedForAgainIsNotCountedTwice() {
        LoadTrace again = PythonImports.parse(
                List.of("hearth-enter: a", "hearth-leave: a 5000", "hearth-enter: a", "hearth-leave: a 100"));

        assertThat(again.loads()).hasSize(1);
    }

    @Test
    void laterImportsOfTheSameModuleAreEdges() {
        assertThat(trace.edges()).contains(new Edge("app", "small"), new Edge("small", "numbers"));
    }

    @Test
    void whatTheHandlerImportsIsOfTheFirstCall() {
        assertThat(load("colorsys").firstCall()).isTrue();
        assertThat(load("uuid").firstCall()).isFalse();
    }

    @Test
    void removingSavesWhatNothingElseAsksFor() {
        DependencyCost decimal = Recorded.named(costs, "decimal");

        assertThat(decimal.selfNanos()).as("with its accelerator").isEqualTo(34_939_000);
        assertThat(decimal.totalNanos()).as("with numbers and collections.abc").isEqualTo(35_493_000);
        assertThat(decimal.savedNanos())
                .as("without numbers, which small imports")
                .isEqualTo(35_147_000);
        assertThat(decimal.places()).containsExactly("big.py:1");
    }

    @Test
    void dependencyOfADependencyNamesIt() {
        DependencyCost platform = Recorded.named(costs, "platform");

        assertThat(platform.places()).isEmpty();
        assertThat(platform.others()).containsExactly("uuid");
        assertThat(Recorded.named(costs, "uuid").savedNanos()).isEqualTo(2_327_000);
    }

    @Test
    void whatTheRuntimeHadImportedBeforeCostsTheFunctionNothing() {
        assertThat(costs).extracting(cost -> cost.owner().name()).doesNotContain("json", "re", "importlib", "site");
    }

    @Test
    void deferredImportIsNamedAsSuch() {
        DependencyCost colorsys = Recorded.named(costs, "colorsys");

        assertThat(colorsys.firstCall()).isTrue();
        assertThat(colorsys.places()).containsExactly("lazy.py:1");
        assertThat(Advice.on(colorsys, Instrument.PYTHON)).contains("deferred already");
    }

    @Test
    void logThatWasCutOffKeepsWhatIsThere() {
        LoadTrace cut = PythonImports.parse(List.of(
                "import time:       100 |        100 |     inner", "import time:       200 |        300 |   outer"));

        assertThat(cut.loads()).extracting(Load::name).containsExactly("outer", "inner");
    }

    private static Load load(String name) {
        return trace.loads().stream()
                .filter(load -> load.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String parent(String name) {
        return trace.loads().get(load(name).parent()).name();
    }
}
