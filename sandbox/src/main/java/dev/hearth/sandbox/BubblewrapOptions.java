package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The options of one bubblewrap call, for its `--args` file: the environment is secret and must not be seen in the
/// process list. The file descriptors are those of `launch.sh`.
final class BubblewrapOptions {
    static final int UID = 993;
    static final int GID = 990;

    private final List<String> options = new ArrayList<>();

    BubblewrapOptions() {
        add("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup");
        add("--uid", Integer.toString(UID), "--gid", Integer.toString(GID), "--hostname", "hearth");
        add("--die-with-parent", "--new-session");
        add("--json-status-fd", "4", "--block-fd", "3");
    }

    BubblewrapOptions seccomp() {
        return add("--seccomp", "6");
    }

    /// The part of the root that is the same for all: programs and libraries of the host, an `/etc` of our own.
    BubblewrapOptions root(EtcTree etc) throws IOException {
        add("--ro-bind", "/usr", "/usr");
        for (String name : List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32")) {
            Path path = Path.of("/", name);
            if (Files.isSymbolicLink(path)) {
                add("--symlink", Files.readSymbolicLink(path).toString(), path.toString());
            } else if (Files.isDirectory(path)) {
                add("--ro-bind", path.toString(), path.toString());
            }
        }
        if (Files.isDirectory(Path.of("/usr/local"))) {
            add("--tmpfs", "/usr/local");
        }
        add("--ro-bind", etc.files().toString(), "/etc");
        for (Path directory : etc.directories()) {
            add("--ro-bind", directory.toString(), directory.toString());
        }
        return add("--proc", "/proc", "--dev", "/dev");
    }

    /// @param sources where each of the mounts can be reached by the sandbox's user, in the same order
    BubblewrapOptions mounts(List<Mount> mounts, List<Path> sources) {
        for (int i = 0; i < mounts.size(); i++) {
            add("--ro-bind", sources.get(i).toString(), mounts.get(i).target());
        }
        return this;
    }

    /// Empty directories, for what is mounted there later.
    BubblewrapOptions mountPoints(List<String> targets) {
        targets.forEach(target -> add("--dir", target));
        return this;
    }

    BubblewrapOptions tmpFrom(Path source) {
        return add("--bind", source.toString(), "/tmp");
    }

    BubblewrapOptions tmpInMemory(long bytes) {
        return add("--perms", "1777", "--size", Long.toString(bytes), "--tmpfs", "/tmp");
    }

    BubblewrapOptions resolvConf(Path file) {
        return add("--ro-bind", file.toString(), "/etc/resolv.conf");
    }

    /// Comes last: what is read-only now was written to while mount points were made.
    BubblewrapOptions seal() {
        if (Files.isDirectory(Path.of("/usr/local"))) {
            add("--remount-ro", "/usr/local");
        }
        return add("--remount-ro", "/");
    }

    BubblewrapOptions environment(Map<String, String> environment, String workingDirectory) {
        add("--clearenv");
        environment.forEach((name, value) -> add("--setenv", name, value));
        return add("--chdir", workingDirectory);
    }

    private BubblewrapOptions add(String... more) {
        for (String option : more) {
            // A NUL would end the option, and what follows would be taken for the next one.
            if (option.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a sandbox's environment, paths and directories cannot hold NUL");
            }
            options.add(option);
        }
        return this;
    }

    byte[] bytes() {
        return (String.join("\0", options) + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
