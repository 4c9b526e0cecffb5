package dev.hearth.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;

/// What must be undone, last first. Used by one thread at a time.
final class CleanUp {
    private static final System.Logger LOG = System.getLogger("dev.hearth.sandbox");

    private final Deque<Step> steps = new ArrayDeque<>();

    void add(Step step) {
        steps.push(step);
    }

    /// Never throws: a step that fails must not keep the others from their turn.
    void run() {
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.WARNING, "could not clean up after a sandbox", e);
            }
        }
    }

    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }
}
