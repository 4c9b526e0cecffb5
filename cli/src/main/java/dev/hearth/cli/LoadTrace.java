package dev.hearth.cli;

import java.util.List;
import java.util.Set;

/// What one start loaded, in order, and what asked for what.
///
/// @param loads each module or class once, when it was loaded
/// @param edges who asked for what, also where it was there already; empty where that cannot be known
record LoadTrace(List<Load> loads, Set<Edge> edges) {
    static final int NO_PARENT = -1;

    LoadTrace {
        loads = List.copyOf(loads);
        edges = Set.copyOf(edges);
    }

    /// One module or class.
    ///
    /// @param name      a Python module, a file of Node.js, a Java class
    /// @param source    where it came from, as far as the name does not say
    /// @param parent    the index of what loaded it, or [#NO_PARENT]
    /// @param selfNanos what it took without those it loaded
    /// @param firstCall whether that was in the first call, rather than in the initialisation
    record Load(String name, String source, int parent, long selfNanos, boolean firstCall) {
        Load under(int otherParent) {
            return new Load(name, source, otherParent, selfNanos, firstCall);
        }
    }

    record Edge(String importer, String imported) {}
}
