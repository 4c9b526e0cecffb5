package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.sam.Output;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StackReportTest {
    private final StringWriter out = new StringWriter();
    private final StackReport report = new StackReport(
            new Terminal(new PrintWriter(out), new PrintWriter(new StringWriter()), false, false, false),
            Set.of("hush"));

    private static Change change(Change.Action action, Difference... differences) {
        return new Change("Hello", "function", "shop-Hello", action, List.of(differences));
    }

    @Test
    void changesReadAsALineEachWithTheirSettingsBelow() {
        List<String> lines = report.diff(List.of(
                new Change("Lib", "layer", "lib", Change.Action.CREATE, List.of()),
                change(
                        Change.Action.UPDATE,
                        new Difference("MemorySize", "128", "256"),
                        new Difference("code", "abcdefghijklmnop", "qrstuvwxyz123456"),
                        new Difference("Description", "", "new")),
                change(Change.Action.NONE),
                new Change("", "alias live", "shop-Hello", Change.Action.LEFT, List.of()),
                new Change("", "function", "shop-Old", Change.Action.DELETE, List.of())));

        assertThat(String.join("\n", lines)).isEqualTo("""
                + Lib: layer lib              publish
                ~ Hello: function shop-Hello  update
                    MemorySize: 128 → 256
                    code: sha256 abcdefghijkl → sha256 qrstuvwxyz12
                    Description: none → new
                = Hello: function shop-Hello  unchanged
                ! alias live shop-Hello       left as it is, though not in the template any more; --prune deletes it
                - function shop-Old           delete: not in the template any more""");
    }

    @Test
    void secretsAreNeverPrinted() {
        Change change = change(
                Change.Action.UPDATE,
                new Difference("Environment.Variables.GONE", "hush", ""),
                new Difference("Environment.Variables.KEY", "old", "x-hush-y"));
        List<Output> outputs = List.of(new Output("Key", "", "hush"));

        report.outputs(outputs);
        String json =
                report.json("shop", true, List.of(change), List.of(), outputs).pretty();

        assertThat(report.diff(List.of(change)))
                .endsWith("    Environment.Variables.GONE: **** → ****", "    Environment.Variables.KEY: **** → ****");
        assertThat(out.toString()).contains("Key  ****");
        assertThat(json).doesNotContain("hush").doesNotContain("old");
    }

    @Test
    void settingsAreComparedByTheirLeaves() {
        assertThat(Flat.differences(
                        Map.of(
                                "A",
                                Map.of("B", 1L, "C", List.of("x", "y")),
                                "D",
                                Map.of(),
                                "W",
                                new java.math.BigDecimal("0.10")),
                        Map.of(
                                "A",
                                Map.of("B", 1, "C", List.of("x")),
                                "E",
                                "",
                                "F",
                                false,
                                "W",
                                new java.math.BigDecimal("0.1"))))
                .containsExactly(new Difference("A.C", "x, y", "x"), new Difference("F", "", "false"));
    }
}
