package dev.hearth.cli;

import dev.hearth.cli.Phases.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What `hearth explain` found, as text and as JSON.
///
/// @param function the function's configuration
/// @param boots    how many boots the phases are of
/// @param phases   the typical boot
/// @param language empty where the runtime does not tell what it loads
/// @param costs    of all that was loaded, the dearest first
record ExplainReport(
        Json function,
        Circumstances circumstances,
        int boots,
        List<Phase> phases,
        Optional<Instrument> language,
        List<DependencyCost> costs) {
    private static final int BAR_WIDTH = 30;
    private static final int SHOWN = 15;
    private static final long WORTH_SAYING_NANOS = 1_000_000;
    private static final int LONGEST_IMPORTER = 40;

    void print(Terminal terminal, boolean all) {
        terminal.print(terminal.bold(function.textOrEmpty("FunctionName")) + "  " + function.textOrEmpty("Runtime")
                + ", " + function.textOrEmpty("MemorySize") + " MB");
        circumstances.lines().forEach(line -> terminal.print(terminal.dim(line)));
        printPhases(terminal);
        if (language.isEmpty()) {
            terminal.print("");
            terminal.print(function.textOrEmpty("Runtime")
                    + " does not tell what it loads: dependencies are told for Python, Node.js and Java.");
            return;
        }
        List<DependencyCost> shown = all ? costs : costs.subList(0, Math.min(SHOWN, costs.size()));
        printCosts(terminal, shown);
        printAdvice(terminal, shown);
    }

    private void printPhases(Terminal terminal) {
        long whole = phases.isEmpty()
                ? 0
                : phases.getLast().startNanos() + phases.getLast().nanos();
        terminal.print("");
        if (whole == 0) {
            terminal.print("The server does not say what happened when in a boot.");
            return;
        }
        terminal.print(terminal.bold("boot") + "  " + Millis.text(whole) + " ms to the first answer (median of " + boots
                + ")");
        for (Phase phase : phases) {
            terminal.print("  %-10s %8s%s"
                    .formatted(
                            phase.name(),
                            Millis.text(phase.nanos()),
                            bar(terminal, phase.startNanos(), phase.nanos(), whole)));
        }
    }

    private void printCosts(Terminal terminal, List<DependencyCost> shown) {
        long largest = Math.max(
                1, shown.stream().mapToLong(DependencyCost::totalNanos).max().orElse(1));
        terminal.print("");
        var table = new Table("DEPENDENCY", "SELF", "TOTAL", "SAVES", "MODULES", "ASKED FOR BY");
        for (DependencyCost cost : shown) {
            String bar = bar(terminal, 0, cost.totalNanos(), largest);
            table.add(List.of(
                    cost.owner().name(),
                    Millis.text(cost.selfNanos()),
                    Millis.text(cost.totalNanos()),
                    Millis.text(cost.savedNanos()),
                    Integer.toString(cost.modules()),
                    importers(cost) + bar));
        }
        table.print(terminal);
        if (shown.size() < costs.size()) {
            terminal.print(terminal.dim("and " + (costs.size() - shown.size()) + " smaller ones (--all)"));
        }
        terminal.print("");
        terminal.print(terminal.dim("Milliseconds, measured while the runtime told what it loads, which takes time too."
                + " TOTAL: with what it was the first to load."));
        terminal.print(terminal.dim(
                "SAVES: what a start would take less without it, because nothing else asks for it; deferring it saves as"
                        + " much, until it is used."));
    }

    private static String importers(DependencyCost cost) {
        String all = String.join(", ", cost.askedForBy());
        return all.length() <= LONGEST_IMPORTER ? all : all.substring(0, LONGEST_IMPORTER - 1) + "…";
    }

    private void printAdvice(Terminal terminal, List<DependencyCost> shown) {
        terminal.print("");
        for (DependencyCost cost : shown) {
            if (cost.totalNanos() < WORTH_SAYING_NANOS) {
                continue;
            }
            terminal.print(terminal.bold(cost.owner().name()) + "  " + advice(cost));
        }
    }

    private String advice(DependencyCost cost) {
        return language.map(l -> Advice.on(cost, l)).orElse("");
    }

    private static String bar(Terminal terminal, long start, long length, long whole) {
        return terminal.outIsTerminal() && whole > 0
                ? "  " + Bars.of((double) start / whole, (double) length / whole, BAR_WIDTH)
                : "";
    }

    Json json() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("function", function.textOrEmpty("FunctionName"));
        fields.put("runtime", function.textOrEmpty("Runtime"));
        fields.put("memoryMb", function.number("MemorySize").orElse(0L));
        fields.put("circumstances", circumstances.json());
        fields.put("boots", boots);
        fields.put("phases", phases.stream().map(Phase::json).toList());
        fields.put("dependencies", costs.stream().map(this::json).toList());
        return new Json(fields);
    }

    private Map<String, @Nullable Object> json(DependencyCost cost) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("name", cost.owner().name());
        fields.put("kind", cost.owner().kind().label());
        fields.put("modules", cost.modules());
        fields.put("selfMillis", Millis.exact(cost.selfNanos()));
        fields.put("totalMillis", Millis.exact(cost.totalNanos()));
        fields.put("savedIfRemovedMillis", Millis.exact(cost.savedNanos()));
        fields.put("savedIfDeferredMillis", Millis.exact(cost.firstCall() ? 0 : cost.savedNanos()));
        fields.put("askedForBy", cost.askedForBy());
        fields.put("inFirstCall", cost.firstCall());
        fields.put("advice", advice(cost));
        return fields;
    }
}
