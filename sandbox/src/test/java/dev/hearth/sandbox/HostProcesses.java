package dev.hearth.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The processes of the host, from outside of all sandboxes.
final class HostProcesses {
    private HostProcesses() {}

    /// @param uid of the process on the host
    record HostProcess(long pid, int uid, String commandLine) {}

    static List<HostProcess> all() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.filter(entry -> entry.getFileName().toString().matches("\\d+"))
                    .flatMap(HostProcesses::read)
                    .toList();
        }
    }

    /// Those with this command line, arguments separated by spaces.
    static List<HostProcess> running(String commandLine) throws IOException {
        return all().stream()
                .filter(process -> process.commandLine().equals(commandLine))
                .toList();
    }

    private static Stream<HostProcess> read(Path directory) {
        try {
            String line = Files.readString(directory.resolve("cmdline"))
                    .replace('\0', ' ')
                    .strip();
            int uid = (int) Files.getAttribute(directory.resolve("cmdline"), "unix:uid");
            return Stream.of(
                    new HostProcess(Long.parseLong(directory.getFileName().toString()), uid, line));
        } catch (IOException | UncheckedIOException e) {
            return Stream.empty(); // it has ended
        }
    }
}
