package dev.hearth.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Version 2 on a directory that looks like its file system: what is written where.
class CgroupsV2Test {
    @TempDir
    private Path base;

    private Path group;

    @BeforeEach
    void nameGroup() {
        group = base.resolve("test-1");
    }

    @Test
    void limitsAreWrittenInVersionTwosWords() throws IOException {
        CgroupsV2.Group made = prepared();
        made.limit(SandboxFixture.spec("true"));

        assertThat(group.resolve("memory.max")).hasContent("268435456");
        assertThat(group.resolve("memory.swap.max")).hasContent("0");
        assertThat(group.resolve("memory.oom.group")).hasContent("1");
        assertThat(group.resolve("pids.max")).hasContent("256");
        assertThat(group.resolve("cpu.max")).hasContent("20000 20000");
    }

    @Test
    void whoYieldsTheCpuGetsAnEighthOfTheUsualWeight() throws IOException {
        CgroupsV2.Group made = prepared();
        made.yieldCpus(true);
        assertThat(group.resolve("cpu.weight")).hasContent("12");
        made.yieldCpus(false);
        assertThat(group.resolve("cpu.weight")).hasContent("100");
    }

    @Test
    void figuresAreReadFromVersionTwosFiles() throws IOException {
        CgroupsV2.Group made = prepared();

        assertThat(made.peakMemory()).isEqualTo(ByteSize.ofMib(7));
        assertThat(made.oomKills()).isEqualTo(3);
        assertThat(made.joinFiles()).containsExactly(group.resolve("cgroup.procs"));
    }

    @Test
    void freezingGoesThroughTheOpenFileAndTheEventsSayWhenItIsDone() throws IOException {
        CgroupsV2.Group made = prepared();
        Files.writeString(group.resolve("cgroup.events"), "populated 1\nfrozen 1\n");
        Freezer freezer = made.freezer().orElseThrow();

        assertThat(freezer.freeze()).isTrue();
        assertThat(group.resolve("cgroup.freeze")).hasContent("1");

        freezer.thaw();
        // A plain file keeps what was written before; a control file takes each write for itself.
        assertThat(group.resolve("cgroup.freeze")).hasContent("10");
    }

    @Test
    void processesThatDoNotStopAreThawedAgain() throws IOException {
        CgroupsV2.Group made = prepared();
        Files.writeString(group.resolve("cgroup.events"), "populated 1\nfrozen 0\n");

        assertThat(made.freezer().orElseThrow().freeze()).isFalse();

        assertThat(group.resolve("cgroup.freeze")).content().matches("(10)+");
    }

    @Test
    void killThawsForGood() throws IOException {
        CgroupsV2.Group made = prepared();
        Files.writeString(group.resolve("cgroup.events"), "frozen 1\n");
        assertThat(made.freezer().orElseThrow().freeze()).isTrue();

        made.kill();

        assertThat(group.resolve("cgroup.freeze")).hasContent("10");
        assertThat(made.freezer().orElseThrow().freeze()).isFalse();
    }

    @Test
    void swapIsForPagingOutOnlyAndAtMostAsMuchAsTheMemoryLimit() throws IOException {
        CgroupsV2.Group made = prepared();
        made.limit(SandboxFixture.spec("true"));

        made.allowSwap(true);
        assertThat(group.resolve("memory.swap.max")).hasContent("268435456");

        Files.writeString(group.resolve("memory.swap.max"), "");
        made.allowSwap(false);
        assertThat(group.resolve("memory.swap.max")).hasContent("0");
    }

    @Test
    void kernelIsAskedToReclaimWhereItCanBe() throws IOException {
        CgroupsV2.Group made = prepared();
        assertThat(made.reclaim(4096)).as("before Linux 5.19").isFalse();

        Files.createFile(group.resolve("memory.reclaim"));

        assertThat(made.reclaim(4096)).isTrue();
        assertThat(group.resolve("memory.reclaim")).hasContent("4096");
    }

    @Test
    void killGoesThroughTheGroupsOwnFile() throws IOException {
        prepared().kill();

        assertThat(group.resolve("cgroup.kill")).hasContent("1");
    }

    /// The kernel makes the control files with the directory; here they have to be there before.
    private CgroupsV2.Group prepared() throws IOException {
        Files.createDirectory(group);
        for (String name : new String[] {
            "memory.max",
            "memory.swap.max",
            "memory.oom.group",
            "pids.max",
            "cpu.max",
            "cpu.weight",
            "cgroup.procs",
            "cgroup.kill",
            "cgroup.freeze"
        }) {
            Files.createFile(group.resolve(name));
        }
        Files.writeString(group.resolve("memory.peak"), "7340032\n");
        Files.writeString(group.resolve("memory.events"), "low 0\nhigh 0\nmax 9\noom 4\noom_kill 3\n");
        return CgroupsV2.Group.of(group);
    }
}
