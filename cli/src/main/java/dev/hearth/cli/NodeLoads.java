package dev.hearth.cli;

import dev.hearth.cli.LoadTrace.Edge;
import dev.hearth.cli.LoadTrace.Load;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads what our `hook.cjs` writes.
///
/// ```
/// hearth-enter: ["/var/task/index.js","/var/task/node_modules/a/index.js"]   who loads what
/// hearth-load: ["/var/task/node_modules/a/index.js",1250000]                 what it took, in nanoseconds
/// hearth-again: ["/var/task/helper.js","/var/task/node_modules/a/index.js"]  who asked for what was there
/// ```
final class NodeLoads {
    private static final String ENTER = "hearth-enter: ";
    private static final String LOAD = "hearth-load: ";
    private static final String AGAIN = "hearth-again: ";

    private final List<Load> loads = new ArrayList<>();
    private final Set<Edge> edges = new HashSet<>();
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
        return new LoadTrace(reader.loads, reader.edges);
    }

    private void read(String line, boolean firstCall) {
        if (line.startsWith(ENTER)) {
            enter(pair(line, ENTER), firstCall);
        } else if (line.startsWith(LOAD)) {
            leave(pair(line, LOAD));
        } else if (line.startsWith(AGAIN)) {
            List<Json> pair = pair(line, AGAIN);
            edges.add(new Edge(text(pair.getFirst()), text(pair.getLast())));
        }
    }

    private void enter(List<Json> pair, boolean firstCall) {
        String file = text(pair.getLast());
        edges.add(new Edge(text(pair.getFirst()), file));
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
