package dev.hearth.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
import java.util.stream.Stream;

/// What makes functions of one language start faster, on disk.
///
/// ```
/// CODE-KEY/…        what a training has left: a file or directory of the name given to [#open], perhaps more
/// .new-…/           being made; renamed when complete
/// ```
///
/// What stands under its final name is complete and is never changed. The directory's time is that of its last use.
/// Safe for use by any thread.
final class StartCaches {
    private static final Logger LOG = System.getLogger("dev.hearth.runtime");
    private static final String HALF_MADE = ".new-";

    private static final int DURABLE_DEPTH = 2;

    /// An instance that was just planned may not have opened its files yet.
    private static final Duration IN_USE = Duration.ofHours(1);

    private final Path directory;
    private final String archive;
    private final long limitBytes;

    private StartCaches(Path directory, String archive, long limitBytes) {
        this.directory = directory;
        this.archive = archive;
        this.limitBytes = limitBytes;
    }

    /// @param directory  made where it is missing; for its owner only
    /// @param archive    name of the file or directory without which a cache is of no use
    /// @param limitBytes beyond it, caches go that were not used for the longest time
    static StartCaches open(Path directory, String archive, long limitBytes) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        return new StartCaches(directory, archive, limitBytes);
    }

    /// The directory of an archive, which is thereby used.
    Optional<Path> find(String name) {
        Path found = directory.resolve(name);
        try {
            Files.setLastModifiedTime(found, FileTime.from(Instant.now()));
            return Files.exists(found.resolve(archive)) ? Optional.of(found) : Optional.empty();
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

    /// Gives what was made its name, durably but for what lies deep, which is many files with checksums of their own,
    /// and makes room for it.
    void keep(Path fresh, String name) throws IOException {
        for (Path path : below(fresh)) {
            boolean folder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(folder ? "rwxr-xr-x" : "r--r--r--"));
            if (fresh.relativize(path).getNameCount() <= DURABLE_DEPTH) {
                sync(path);
            }
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

    /// Removes the archive of a cache that does harm. What is left keeps it from being made anew before the next start,
    /// and lets instances that are just starting with a Java archive find their classes.
    ///
    /// @param cache its directory, or the archive in it
    /// @return whether there was one
    boolean discard(Path cache) throws IOException {
        Path harmful = cache.endsWith(archive) ? cache : cache.resolve(archive);
        if (!cache.startsWith(directory) || !Files.exists(harmful)) {
            return false;
        }
        delete(harmful);
        return true;
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
            boolean whole = !name.startsWith(HALF_MADE) && Files.exists(entry.resolve(archive));
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
            for (Path path : below(directory)) {
                bytes += Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? 0 : Files.size(path);
            }
            return new Entry(directory, Files.getLastModifiedTime(directory).toInstant(), bytes);
        }
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    /// A path and all below it, a directory after what is in it.
    private static List<Path> below(Path path) throws IOException {
        try (Stream<Path> found = Files.walk(path)) {
            return found.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void delete(Path directory) throws IOException {
        try {
            for (Path path : below(directory)) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // it has got its name, or somebody else has removed it
        }
    }
}
