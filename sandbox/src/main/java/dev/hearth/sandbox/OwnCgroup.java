package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where the server itself stands in the cgroup hierarchies (cgroups(7)).
///
/// @param v1 by controller, the directory of the server's own group
/// @param v2 the directory of the server's own group in the unified hierarchy
/// @param v2Root the highest group of the unified hierarchy that can be seen
record OwnCgroup(Map<String, Path> v1, Optional<Path> v2, Optional<Path> v2Root) {
    private static final int ROOT_FIELD = 3;
    private static final int MOUNT_POINT_FIELD = 4;

    static OwnCgroup read() throws IOException {
        return parse(
                Files.readAllLines(Path.of("/proc/self/mountinfo")), Files.readAllLines(Path.of("/proc/self/cgroup")));
    }

    static OwnCgroup parse(List<String> mountInfo, List<String> ownCgroups) {
        Map<String, Path> v1 = new TreeMap<>();
        Optional<Path> v2 = Optional.empty();
        Optional<Path> v2Root = Optional.empty();
        for (String line : mountInfo) {
            int separator = line.indexOf(" - ");
            String[] fields = line.substring(0, separator).split(" ");
            String[] fileSystem = line.substring(separator + 3).split(" ");
            if (fileSystem[0].equals("cgroup2")) {
                v2Root = Optional.of(Path.of(fields[MOUNT_POINT_FIELD]));
                v2 = directory(fields, ownPath(ownCgroups, ""));
            } else if (fileSystem[0].equals("cgroup")) {
                for (String controller : fileSystem[2].split(",")) {
                    directory(fields, ownPath(ownCgroups, controller)).ifPresent(path -> v1.put(controller, path));
                }
            }
        }
        return new OwnCgroup(v1, v2, v2Root);
    }

    /// In a container the mount shows only a part of the hierarchy, named in the root field, while the path is
    /// from the hierarchy's own root.
    private static Optional<Path> directory(String[] mount, Optional<String> ownPath) {
        return ownPath.map(own -> {
            String root = mount[ROOT_FIELD];
            boolean below = !root.equals("/") && (own + "/").startsWith(root + "/");
            String relative = (below ? own.substring(root.length()) : own).replaceFirst("^/", "");
            return Path.of(mount[MOUNT_POINT_FIELD]).resolve(relative);
        });
    }

    /// Lines are `number:controller,controller:path`; version 2 has no controllers.
    private static Optional<String> ownPath(List<String> ownCgroups, String controller) {
        for (String line : ownCgroups) {
            String[] parts = line.split(":", 3);
            if (List.of(parts[1].split(",")).contains(controller)) {
                return Optional.of(parts[2]);
            }
        }
        return Optional.empty();
    }
}
