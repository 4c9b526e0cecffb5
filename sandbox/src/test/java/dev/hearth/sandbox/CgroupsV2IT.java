package dev.hearth.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Version 2 on the host's own hierarchy, as far as that goes without its controllers.
class CgroupsV2IT {
    @Test
    void killEndsWhatIsInTheGroupAndRemoveTakesItAway() throws Exception {
        Path directory = makeGroup();
        Process process = new ProcessBuilder("/bin/sh", "-c", "trap '' TERM; sleep 4715 & sleep 4715").start();
        try {
            CgroupsV2.Group group = CgroupsV2.Group.of(directory);
            CgroupDirectory.write(group.joinFiles().getFirst(), Long.toString(process.pid()));
            assertThat(CgroupDirectory.processes(directory)).contains(process.pid());

            group.kill();

            assertThat(process.waitFor()).isEqualTo(128 + 9);
            assertThat(group.remove(5_000)).isTrue();
            assertThat(directory).doesNotExist();
        } finally {
            process.destroyForcibly();
            CgroupDirectory.remove(directory, 5_000);
        }
    }

    private static Path makeGroup() throws IOException {
        OwnCgroup own = OwnCgroup.read();
        assumeTrue(own.v2().isPresent() && Files.isWritable(own.v2().get()), "no writable cgroup v2 here");
        return Files.createDirectory(own.v2().get().resolve("hearth-test-" + UUID.randomUUID()));
    }
}
