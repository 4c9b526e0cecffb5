package dev.hearth.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessTreeTest {
    @Test
    void memoryAndTimeOfThisProcessAreKnown() {
        var tree = new ProcessTree(ProcessHandle.current());

        assertThat(tree.ofServer().proportional()).isGreaterThan(1_000_000);
        assertThat(tree.ofServer().processes()).isOne();
        assertThat(tree.cpuSeconds()).isPositive();
    }

    @Test
    void processesBelowCountUntilTheyEnd() throws Exception {
        var tree = new ProcessTree(ProcessHandle.current());
        int before = tree.ofSandboxes().processes();
        Process child = new ProcessBuilder("cat").start();
        try {
            assertThat(tree.ofSandboxes().processes()).isEqualTo(before + 1);
        } finally {
            child.destroy();
            child.waitFor();
        }
        assertThat(tree.ofSandboxes().processes()).isEqualTo(before);
    }
}
