package dev.hearth.cli;

import dev.hearth.cli.LoadTrace.Edge;
import dev.hearth.cli.LoadTrace.Load;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what `python -X importtime` writes, and the lines of our `sitecustomize.py` among them.
///
/// ```
/// import time: self [us] | cumulative | imported package
/// import time:       149 |        149 |   _io          a module after those that it imported, two blanks for each
/// level
/// hearth-import: app > json
/// hearth-enter: app                                     what importlib is asked for has no time of its own there
/// hearth-leave: app 5100200                             in nanoseconds, with all that it imported
/// ```
final class PythonImports {
    private static final Pattern TIME = Pattern.compile("import time:\\s+(\\d+) \\|\\s+\\d+ \\| ( *)(\\S+)");
    private static final Pattern EDGE = Pattern.compile("hearth-import: (\\S+) > (\\S+)");

    private static final Pattern ENTER = Pattern.compile("hearth-enter: (\\S+)");
    private static final Pattern LEAVE = Pattern.compile("hearth-leave: (\\S+) (\\d+)");

    private static final int AGAIN = -1;

    private final List<Node> roots = new ArrayList<>();
    /// The modules that wait for their importer, by level.
    private final List<List<Node>> waiting = new ArrayList<>();
    private final Set<Edge> edges = new HashSet<>();
    /// How many roots there were when a module was entered.
    private final Map<String, Integer> entered = new HashMap<>();

    private record Node(String name, long selfNanos, boolean firstCall, List<Node> imported) {
        long totalNanos() {
            return selfNanos + imported.stream().mapToLong(Node::totalNanos).sum();
        }
    }

    private PythonImports() {}

    /// @param lines the log of an instance from its beginning to the end of its first call
    static LoadTrace parse(List<String> lines) {
        var imports = new PythonImports();
        boolean firstCall = false;
        for (String line : lines) {
            firstCall |= line.startsWith("START RequestId:");
            imports.read(line, firstCall);
        }
        return imports.trace();
    }

    private void read(String line, boolean firstCall) {
        Matcher time = TIME.matcher(line);
        Matcher edge = EDGE.matcher(line);
        Matcher enter = ENTER.matcher(line);
        Matcher leave = LEAVE.matcher(line);
        if (time.matches()) {
            add(
                    time.group(3),
                    Long.parseLong(time.group(1)) * 1_000,
                    time.group(2).length() / 2,
                    firstCall);
        } else if (edge.matches()) {
            edges.add(new Edge(edge.group(1), edge.group(2)));
        } else if (enter.matches()) {
            // Asked for again, it is there already: not to be counted twice.
            entered.compute(enter.group(1), (name, before) -> before == null ? roots.size() : AGAIN);
        } else if (leave.matches()) {
            leave(leave.group(1), Long.parseLong(leave.group(2)), firstCall);
        }
    }

    /// What was imported in the meantime is below it.
    private void leave(String name, long nanos, boolean firstCall) {
        int from = entered.getOrDefault(name, AGAIN);
        if (from == AGAIN) {
            return;
        }
        List<Node> since = roots.subList(from, roots.size());
        long imported = since.stream().mapToLong(Node::totalNanos).sum();
        var node = new Node(name, Math.max(0, nanos - imported), firstCall, new ArrayList<>(since));
        since.clear();
        roots.add(node);
    }

    private void add(String name, long selfNanos, int level, boolean firstCall) {
        while (waiting.size() <= level + 1) {
            waiting.add(new ArrayList<>());
        }
        var node = new Node(name, selfNanos, firstCall, new ArrayList<>());
        for (List<Node> deeper : waiting.subList(level + 1, waiting.size())) {
            node.imported().addAll(deeper);
            deeper.clear();
        }
        if (level == 0) {
            roots.add(node);
        } else {
            waiting.get(level).add(node);
        }
    }

    private LoadTrace trace() {
        var loads = new ArrayList<Load>();
        roots.forEach(root -> flatten(root, LoadTrace.NO_PARENT, loads));
        // An import that was cut off: its modules are there, what asked for them is not.
        waiting.stream().flatMap(List::stream).forEach(node -> flatten(node, LoadTrace.NO_PARENT, loads));
        return new LoadTrace(loads, Collections.unmodifiableSet(edges));
    }

    private static void flatten(Node node, int parent, List<Load> loads) {
        int self = loads.size();
        loads.add(new Load(node.name(), "", parent, node.selfNanos(), node.firstCall()));
        node.imported().forEach(imported -> flatten(imported, self, loads));
    }
}
