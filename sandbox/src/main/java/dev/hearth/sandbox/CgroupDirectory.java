package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// File operations on cgroup directories that both versions share.
final class CgroupDirectory {
    private static final System.Logger LOG = System.getLogger("dev.hearth.sandbox");
    private static final int PAUSE_MILLIS = 2;

    private CgroupDirectory() {}

    /// Writes a control file; the kernel refuses a value by failing the write.
    static void write(Path file, String value) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(value.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new IOException("Cannot write '" + value + "' to " + file + ": " + e.getMessage(), e);
        }
    }

    static void writeIfPresent(Path file, String value) throws IOException {
        if (Files.exists(file)) {
            write(file, value);
        }
    }

    /// Reads a number from the start of an open control file.
    static long readLong(FileChannel file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        file.read(bytes, 0);
        return Long.parseLong(new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip());
    }

    /// The number after `key ` in a control file of lines, such as `memory.events`; 0 where it is not there.
    static long readKeyed(Path file, String key) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(key + " ")) {
                return Long.parseLong(line.substring(key.length() + 1).strip());
            }
        }
        return 0;
    }

    static List<Long> processes(Path directory) throws IOException {
        return Files.readAllLines(directory.resolve("cgroup.procs")).stream()
                .map(Long::valueOf)
                .toList();
    }

    /// None as well where it has been removed.
    static List<Long> processesOrNone(Path directory) {
        try {
            return processes(directory);
        } catch (IOException e) {
            return List.of();
        }
    }

    static void killProcesses(Path directory) {
        try {
            // A frozen process of version 1 dies only once it is thawed.
            writeIfPresent(directory.resolve("freezer.state"), "THAWED");
            // The check keeps a process of ours that strayed there, as after a wrong write, from killing the server.
            long self = ProcessHandle.current().pid();
            for (long pid : processes(directory)) {
                if (pid != self) {
                    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        } catch (NoSuchFileException e) {
            // removed meanwhile: nothing is left to kill
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "cannot list processes of cgroup directory={0} error={1}",
                    directory,
                    e);
        }
    }

    /// Removes a cgroup and its children, killing what is in them, until they are gone or the time is over: a
    /// killed process leaves its cgroup a little after it has died. An interrupt does not cut it short.
    static boolean remove(Path directory, long limitMillis) {
        long deadline = System.nanoTime() + limitMillis * 1_000_000;
        boolean interrupted = false;
        try {
            while (!removeOnce(directory)) {
                if (System.nanoTime() > deadline) {
                    LOG.log(System.Logger.Level.WARNING, "cgroup not removed directory={0}", directory);
                    return false;
                }
                interrupted |= pauseInterrupted();
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean removeOnce(Path directory) {
        children(directory).forEach(CgroupDirectory::removeOnce);
        try {
            Files.deleteIfExists(directory);
            return true;
        } catch (IOException e) {
            // EBUSY: processes are in it
            killProcesses(directory);
            return false;
        }
    }

    static void removeIfEmpty(@Nullable Path directory) {
        try {
            if (directory != null) {
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            // another server uses it
        }
    }

    static List<Path> children(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            return List.of(); // gone meanwhile
        }
    }

    private static boolean pauseInterrupted() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
