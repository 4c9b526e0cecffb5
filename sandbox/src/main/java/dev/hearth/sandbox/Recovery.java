package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What a server found of its own that it had left behind when it was killed, and removed. The processes had died with
/// it as a rule; mounts, network namespaces and their interfaces went with them.
///
/// @param cgroups   sandboxes whose cgroups were still there
/// @param processes that were still in them, and were killed
/// @param images    of `/tmp`
public record Recovery(int cgroups, int processes, int images) {
    private static final String BASES = "cgroups";
    private static final int LIMIT_MILLIS = 5_000;

    /// @param files where the server keeps its images and the list of its cgroup directories; the lock on the server's
    ///     identity is held, so nobody uses them
    static Recovery run(Path files, String serverId) throws IOException {
        Set<String> sandboxes = new HashSet<>();
        Set<Long> processes = new HashSet<>();
        List<Path> bases = remembered(files, serverId);
        // In all hierarchies first: what one of them has frozen cannot leave the others.
        for (Path base : bases) {
            for (Path group : CgroupDirectory.children(base)) {
                sandboxes.add(group.getFileName().toString());
                processes.addAll(CgroupDirectory.processes(group));
                CgroupDirectory.killProcesses(group);
            }
        }
        for (Path base : bases) {
            CgroupDirectory.children(base).forEach(group -> CgroupDirectory.remove(group, LIMIT_MILLIS));
            CgroupDirectory.remove(base, 0);
        }
        return new Recovery(sandboxes.size(), processes.size(), removeImages(files));
    }

    /// The server may stand in another cgroup after a restart, so it writes down where its sandboxes are.
    static void remember(Path files, List<Path> bases) throws IOException {
        Files.write(files.resolve(BASES), bases.stream().map(Path::toString).toList());
    }

    /// Only directories that bear this server's name: what the file says is about to be killed.
    private static List<Path> remembered(Path files, String serverId) throws IOException {
        Path list = files.resolve(BASES);
        if (!Files.exists(list)) {
            return List.of();
        }
        return Files.readAllLines(list).stream()
                .map(Path::of)
                .filter(base -> base.endsWith(Path.of("hearth", serverId)))
                .filter(Files::isDirectory)
                .toList();
    }

    private static int removeImages(Path files) throws IOException {
        int removed = 0;
        try (Stream<Path> entries = Files.list(files)) {
            for (Path image :
                    entries.filter(file -> file.toString().endsWith(".img")).toList()) {
                Files.delete(image);
                removed++;
            }
        }
        return removed;
    }
}
