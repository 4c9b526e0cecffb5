package dev.hearth.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Hosts as their `/proc/self/mountinfo` and `/proc/self/cgroup` describe them.
class OwnCgroupTest {
    @Test
    void versionOneHasADirectoryForEachController() {
        OwnCgroup own = OwnCgroup.parse(
                List.of(
                        "30 20 0:26 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory",
                        "31 20 0:27 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct",
                        "20 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw"),
                List.of("4:memory:/user/session-1", "1:cpu,cpuacct:/", "0::/"));

        assertThat(own.v1())
                .containsEntry("memory", Path.of("/sys/fs/cgroup/memory/user/session-1"))
                .containsEntry("cpu", Path.of("/sys/fs/cgroup/cpu,cpuacct"));
        assertThat(own.v2()).isEmpty();
    }

    @Test
    void versionTwoHasOneDirectory() {
        OwnCgroup own = OwnCgroup.parse(
                List.of("30 20 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate"),
                List.of("0::/system.slice/hearth.service"));

        assertThat(own.v2()).contains(Path.of("/sys/fs/cgroup/system.slice/hearth.service"));
        assertThat(own.v2Root()).contains(Path.of("/sys/fs/cgroup"));
        assertThat(own.v1()).isEmpty();
    }

    @Test
    void containerSeesItsPartOfTheHierarchyAtTheMountPoint() {
        OwnCgroup own = OwnCgroup.parse(
                List.of("30 20 0:26 /docker/abc /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory"),
                List.of("4:memory:/docker/abc/inner"));

        assertThat(own.v1()).containsEntry("memory", Path.of("/sys/fs/cgroup/memory/inner"));
    }
}
