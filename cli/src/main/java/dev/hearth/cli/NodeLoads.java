package dev.hearth.cli;

import dev.hearth.cli.LoadTrace.Edge;
import dev.hearth.cli.LoadTrace.Load;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Reads what our `hook.cjs` writes.
///
/// ```
/// hearth-enter: ["/var/task/index.js","/var/task/node_modules/a/index.js"]   who loads what
/// hearth-load: ["/var/task/node_modules/a/index.js",1250000]                 what it took, in nanoseconds
/// hearth-again: ["/var/task/helper.js","/var/task/node_modules/a/index.js"]  who asked for what was there
/// ```
///
/// ES modules are evaluated after those they import, and stand here below the first that imported them all the same.
final class NodeLoads {
    private static final String ENTER = "hearth-enter: ";
    private static final String LOAD = "hearth-load: ";
    private static final String AGAIN = "hearth-again: ";

    private final List<Load> loads = new ArrayList<>();
    private final Set<Edge> edges = new HashSet<>();
    private final Map<String, String> firstImporter = new HashMap<>();
    private final Deque<Integer> open = new ArrayDeque<>();

    private NodeLoads() {}

    /// @param lines the log of an instance from its beginning to the end of its first call
    static LoadTrace parse(List<String> lines) {
        var reader = new NodeLoads();
        boolean firstCall = false;
        for (String line : lines) {
            firstCall |= line.startsWith("START RequestId:");
            reader.read(line, firstCall);
        }
        return new LoadTrace(reader.belowTheirImporters(), reader.edges);
    }

    private void read(String line, boolean firstCall) {
        if (line.startsWith(ENTER)) {
            enter(pair(line, ENTER), firstCall);
        } else if (line.startsWith(LOAD)) {
            leave(pair(line, LOAD));
        } else if (line.startsWith(AGAIN)) {
            List<Json> pair = pair(line, AGAIN);
            ask(text(pair.getFirst()), text(pair.getLast()));
        }
    }

    private void ask(String importer, String file) {
        edges.add(new Edge(importer, file));
        if (!importer.isEmpty()) {
            firstImporter.putIfAbsent(file, importer);
        }
    }

    private void enter(List<Json> pair, boolean firstCall) {
        String file = text(pair.getLast());
        ask(text(pair.getFirst()), file);
        int parent = open.isEmpty() ? LoadTrace.NO_PARENT : open.getFirst();
        open.push(loads.size());
        loads.add(new Load(file, "", parent, 0, firstCall));
    }

    private void leave(List<Json> pair) {
        if (open.isEmpty() || !(pair.getLast().value() instanceof Number nanos)) {
            return;
        }
        int index = open.pop();
        Load entered = loads.get(index);
        loads.set(
                index,
                new Load(entered.name(), "", entered.parent(), Math.max(0, nanos.longValue()), entered.firstCall()));
    }

    /// In the order of a tree, each after that which it is below.
    private List<Load> belowTheirImporters() {
        Map<String, Integer> indexes = new HashMap<>();
        for (int i = 0; i < loads.size(); i++) {
            indexes.putIfAbsent(loads.get(i).name(), i);
        }
        Map<Integer, List<Integer>> below = new TreeMap<>();
        for (int i = 0; i < loads.size(); i++) {
            Load load = loads.get(i);
            String importer = firstImporter.getOrDefault(load.name(), "");
            int parent = load.parent() < 0 ? indexes.getOrDefault(importer, LoadTrace.NO_PARENT) : load.parent();
            below.computeIfAbsent(parent == i ? LoadTrace.NO_PARENT : parent, p -> new ArrayList<>())
                    .add(i);
        }
        var ordered = new ArrayList<Load>();
        var placed = new HashSet<Integer>();
        place(LoadTrace.NO_PARENT, LoadTrace.NO_PARENT, below, placed, ordered);
        // Modules that import each other in a circle hang from no root.
        for (int i = 0; i < loads.size(); i++) {
            if (placed.add(i)) {
                ordered.add(loads.get(i).under(LoadTrace.NO_PARENT));
                place(i, ordered.size() - 1, below, placed, ordered);
            }
        }
        return ordered;
    }

    private void place(
            int index, int placedAt, Map<Integer, List<Integer>> below, Set<Integer> placed, List<Load> ordered) {
        for (int child : below.getOrDefault(index, List.of())) {
            if (placed.add(child)) {
                ordered.add(loads.get(child).under(placedAt));
                place(child, ordered.size() - 1, below, placed, ordered);
            }
        }
    }

    /// What is no pair is a line of the function's own that happens to look like ours.
    private static List<Json> pair(String line, String prefix) {
        try {
            List<Json> items = Json.parse(line.substring(prefix.length())).items();
            return items.size() == 2 ? items : List.of(new Json(""), new Json(""));
        } catch (IllegalArgumentException e) {
            return List.of(new Json(""), new Json(""));
        }
    }

    private static String text(Json json) {
        return String.valueOf(json.value());
    }
}
