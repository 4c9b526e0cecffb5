package dev.hearth.runtime;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The archives of Java functions' classes on disk.
///
/// ```
/// CODE-KEY/task.jar      the package's classes, see [ClassJar]
/// CODE-KEY/classes.jsa   what was loaded from it and from all other jars
/// .new-…/                being made; renamed when complete
/// ```
///
/// What stands under its final name is complete and is never changed. The directory's time is that of its last use.
/// Safe for use by any thread.
final class JavaCaches {
    static final String JAR = "task.jar";
    static final String ARCHIVE = "classes.jsa";

    private static final Logger LOG = System.getLogger("dev.hearth.runtime");
    private static final String HALF_MADE = ".new-";

    /// An instance that was just planned may not have opened its files yet.
    private static final Duration IN_USE = Duration.ofHours(1);

    private final Path directory;
    private final long limitBytes;

    private JavaCaches(Path directory, long limitBytes) {
        this.directory = directory;
        this.limitBytes = limitBytes;
    }

    /// @param directory  made where it is missing; for its owner only
    /// @param limitBytes beyond it, archives go that were not used for the longest time
    static JavaCaches open(Path directory, long limitBytes) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        return new JavaCaches(directory, limitBytes);
    }

    /// The directory of an archive, which is thereby used.
    Optional<Path> find(String name) {
        Path found = directory.resolve(name);
        try {
            Files.setLastModifiedTime(found, FileTime.from(Instant.now()));
            return Files.exists(found.resolve(ARCHIVE)) ? Optional.of(found) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // not made yet, or of no use on a broken disk
        }
    }

    boolean has(String name) {
        return Files.isDirectory(directory.resolve(name));
    }

    /// A directory to make an archive in.
    Path begin() throws IOException {
        Path fresh = directory.resolve(HALF_MADE + UUID.randomUUID());
        Files.createDirectory(fresh);
        return Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// Gives what was made its name, durably, and makes room for it.
    void keep(Path fresh, String name) throws IOException {
        for (String file : List.of(JAR, ARCHIVE)) {
            Files.setPosixFilePermissions(fresh.resolve(file), PosixFilePermissions.fromString("r--r--r--"));
            sync(fresh.resolve(file));
        }
        if (!has(name)) {
            Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            sync(directory);
        }
        shrink(Instant.now());
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Removes an archive that does harm. What is left keeps it from being made anew before the next start, and lets
    /// instances that are just starting with it find their classes.
    ///
    /// @return whether there was one
    boolean discard(Path archive) throws IOException {
        return archive.startsWith(directory) && Files.deleteIfExists(archive.resolve(ARCHIVE));
    }

    /// Removes what was not finished; nothing where it got its name.
    void abandon(Path fresh) {
        try {
            delete(fresh);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot remove a half-made archive directory=" + fresh, e);
        }
    }

    /// Removes what an earlier process left half-made and what nobody can need any more. Called at start, before
    /// functions are.
    ///
    /// @param codes SHA-256 of the packages that are still deployed
    void recover(Set<String> codes) throws IOException {
        for (Path entry : entries()) {
            String name = String.valueOf(entry.getFileName());
            int end = name.indexOf('-');
            boolean whole = !name.startsWith(HALF_MADE) && Files.exists(entry.resolve(ARCHIVE));
            if (!whole || end < 0 || !codes.contains(name.substring(0, end))) {
                delete(entry);
            }
        }
        shrink(Instant.now());
    }

    /// Removes the archives unused for the longest time until the rest fits the limit; none that was used just now.
    void shrink(Instant now) throws IOException {
        List<Entry> all = new ArrayList<>();
        for (Path entry : entries()) {
            if (!String.valueOf(entry.getFileName()).startsWith(HALF_MADE)) {
                all.add(Entry.of(entry));
            }
        }
        all.sort(Comparator.comparing(Entry::used));
        long bytes = all.stream().mapToLong(Entry::bytes).sum();
        for (Entry entry : all) {
            if (bytes <= limitBytes || entry.used().isAfter(now.minus(IN_USE))) {
                return;
            }
            delete(entry.directory());
            bytes -= entry.bytes();
        }
    }

    private record Entry(Path directory, Instant used, long bytes) {
        static Entry of(Path directory) throws IOException {
            long bytes = 0;
            for (Path file : list(directory)) {
                bytes += Files.size(file);
            }
            return new Entry(directory, Files.getLastModifiedTime(directory).toInstant(), bytes);
        }
    }

    private List<Path> entries() throws IOException {
        return list(directory);
    }

    private static List<Path> list(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(files::add);
        }
        return files;
    }

    private static void delete(Path directory) throws IOException {
        try {
            for (Path file : list(directory)) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (NoSuchFileException e) {
            // it has got its name, or somebody else has removed it
        }
    }
}
