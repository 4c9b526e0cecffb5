package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What sandboxes could leave behind on this host, counted for this JVM and its children.
///
/// @param mounts      in this JVM's mount namespace
/// @param loopImages  files of this user's that loop devices still hold, by path
/// @param descriptors open in this JVM
/// @param children    processes of this JVM
record HostState(int mounts, List<String> loopImages, int descriptors, int children) {

    static HostState read() throws IOException {
        return new HostState(
                Files.readAllLines(Path.of("/proc/self/mountinfo")).size(),
                loopBackingFiles(),
                entries(Path.of("/proc/self/fd")),
                (int) ProcessHandle.current().descendants().count());
    }

    boolean hasMoreThan(HostState before) {
        return !moreThan(before).isEmpty();
    }

    /// Sentences, for an assertion to show.
    List<String> moreThan(HostState before) {
        List<String> differences = new ArrayList<>();
        if (mounts > before.mounts) {
            differences.add("mounts: " + before.mounts + " before, now " + mounts);
        }
        List<String> images = new ArrayList<>(loopImages);
        images.removeAll(before.loopImages);
        if (!images.isEmpty()) {
            differences.add("loop devices of " + images);
        }
        if (descriptors > before.descriptors) {
            differences.add("descriptors: " + before.descriptors + " before, now " + descriptors);
        }
        if (children > before.children) {
            differences.add("processes: " + before.children + " before, now " + children);
        }
        return differences;
    }

    private static List<String> loopBackingFiles() throws IOException {
        List<String> images = new ArrayList<>();
        try (Stream<Path> devices = Files.list(Path.of("/sys/block"))) {
            for (Path device : devices.toList()) {
                Path file = device.resolve("loop/backing_file");
                if (Files.exists(file)) {
                    images.add(readOrEmpty(file));
                }
            }
        }
        // other servers on this host come and go
        return images.stream().filter(image -> image.contains("/junit")).toList();
    }

    private static String readOrEmpty(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static int entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return (int) entries.count();
        }
    }
}
