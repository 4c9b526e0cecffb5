package dev.hearth.runtime;

import dev.hearth.sandbox.Mount;
import java.util.List;

/// How a function of a runtime that Hearth brings a bootstrap for is started: what to run, and what it needs to see
/// besides the bootstrap, its code and its layers.
record ManagedStart(List<String> command, List<Mount> mounts) {
    /// Makes a whole plan of what is special about it.
    @FunctionalInterface
    interface Planner {
        LaunchPlan plan(ManagedStart start);
    }
}
