package dev.hearth.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// What the sandboxes of a data directory's server have on the host.
///
/// @param cgroups     of sandboxes, in every hierarchy
/// @param processes   in those, or with the data directory in their command line, other than the server
/// @param mounts      in the host's mount namespace that come from the data directory
/// @param loopImages  files in the data directory that loop devices hold
record Traces(List<Path> cgroups, List<String> processes, List<String> mounts, List<String> loopImages) {
    static Traces of(Path data, HearthServer... running) throws IOException {
        String id = serverId(data);
        List<Path> groups = cgroups(id);
        return new Traces(groups, processes(data, id, running), mounts(data), loops(data));
    }

    boolean isNone() {
        return cgroups.isEmpty() && processes.isEmpty() && mounts.isEmpty() && loopImages.isEmpty();
    }

    /// The ids of the processes.
    List<Long> pids() {
        return processes.stream()
                .map(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
                .toList();
    }

    /// Under `hearth/ID` of each hierarchy.
    private static List<Path> cgroups(String id) throws IOException {
        try (Stream<Path> tree = Files.find(
                Path.of("/sys/fs/cgroup"),
                8,
                (path, attributes) -> attributes.isDirectory()
                        && path.getParent() != null
                        && path.getParent().endsWith(Path.of("hearth", id)))) {
            return tree.toList();
        }
    }

    private static List<String> processes(Path data, String id, HearthServer... running) throws IOException {
        List<Long> servers = Stream.of(running).map(HearthServer::pid).toList();
        List<String> found = new ArrayList<>();
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            Path proc = Path.of("/proc", "" + process.pid());
            if (process.pid() == ProcessHandle.current().pid() || servers.contains(process.pid())) {
                continue;
            }
            String words = readOrEmpty(proc.resolve("cmdline")).replace('\0', ' ');
            if (readOrEmpty(proc.resolve("cgroup")).contains("/hearth/" + id) || words.contains(data + "/")) {
                found.add(process.pid() + " " + words);
            }
        }
        return found;
    }

    private static List<String> mounts(Path data) throws IOException {
        return Files.readAllLines(Path.of("/proc/mounts")).stream()
                .filter(line -> line.contains(data.toString()))
                .toList();
    }

    private static List<String> loops(Path data) throws IOException {
        List<String> images = new ArrayList<>();
        try (Stream<Path> devices = Files.list(Path.of("/sys/block"))) {
            for (Path device : devices.toList()) {
                String image = readOrEmpty(device.resolve("loop/backing_file")).strip();
                if (image.startsWith(data.toString())) {
                    images.add(image);
                }
            }
        }
        return images;
    }

    /// As the sandbox module names a server; should that change, the test that expects traces of a live one fails.
    private static String serverId(Path data) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(data.toRealPath().toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Processes and devices come and go while they are looked at.
    private static String readOrEmpty(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }
}
