package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What this server holds among all Hearth servers of the host: its identity, and a slot that gives it its own share
/// of the host's user ids, addresses and interface names. Both are file locks, so the kernel returns them when the
/// server dies, however it dies.
///
/// ```
/// RUN/stage          an empty directory; sandboxes' mounts are put together on it, in their own mount namespaces
/// RUN/slots/N        locked by the server that has slot N
/// RUN/servers/ID     locked by the server of the data directory that ID stands for
/// RUN/ID/            that server's files: etc/, the seccomp program, options of the sandboxes being started
/// ```
final class RunDirectory implements AutoCloseable {
    /// More servers than that on one host share nothing useful any more.
    static final int SLOTS = 16;

    /// The lock files that factories of this JVM hold. They must not even be opened again: closing any descriptor of
    /// a file gives up every lock that the process has on it.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    private final Path root;
    private final String serverId;
    private final int slot;
    private final FileLock identity;
    private final FileLock slotLock;

    private RunDirectory(Path root, String serverId, FileLock identity, int slot, FileLock slotLock) {
        this.root = root;
        this.serverId = serverId;
        this.identity = identity;
        this.slot = slot;
        this.slotLock = slotLock;
    }

    /// @throws IOException also when another running server has the same data directory, or all slots are taken
    static RunDirectory claim(Path root, Path dataDirectory) throws IOException {
        Files.createDirectories(dataDirectory);
        String serverId = serverId(dataDirectory.toRealPath());
        directory(root);
        directory(root.resolve("stage"));
        directory(root.resolve("slots"));
        directory(root.resolve("servers"));
        FileLock identity = lock(root.resolve("servers").resolve(serverId))
                .orElseThrow(() -> new IOException("Cannot use the data directory " + dataDirectory
                        + ": another running Hearth uses it; stop that one, or give this one another directory"));
        // A killed server's files: its sandboxes had the names that this one's will have.
        EtcTree.deleteTree(root.resolve(serverId));
        directory(root.resolve(serverId));
        for (int slot = 0; slot < SLOTS; slot++) {
            Optional<FileLock> taken = lock(slotFile(root, slot));
            if (taken.isPresent()) {
                return new RunDirectory(root, serverId, identity, slot, taken.get());
            }
        }
        identity.acquiredBy().close();
        HELD.remove(root.resolve("servers").resolve(serverId));
        throw new IOException("All " + SLOTS + " slots in " + root.resolve("slots")
                + " are taken by running Hearth servers; stop one");
    }

    private static Path slotFile(Path root, int slot) {
        return root.resolve("slots").resolve(Integer.toString(slot));
    }

    private static void directory(Path path) throws IOException {
        Files.createDirectories(path);
        // whatever the umask: the users of the sandboxes pass through
        Files.setPosixFilePermissions(path, READABLE);
    }

    private static Optional<FileLock> lock(Path file) throws IOException {
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        Optional<FileLock> lock = lockAgainstOthers(file);
        if (lock.isEmpty()) {
            HELD.remove(file);
        }
        return lock;
    }

    private static Optional<FileLock> lockAgainstOthers(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock != null) {
            return Optional.of(lock);
        }
        channel.close();
        return Optional.empty();
    }

    private static String serverId(Path dataDirectory) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(dataDirectory.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    String serverId() {
        return serverId;
    }

    int slot() {
        return slot;
    }

    Path stage() {
        return root.resolve("stage");
    }

    /// This server's own files.
    Path own() {
        return root.resolve(serverId);
    }

    @Override
    public void close() {
        try {
            EtcTree.deleteTree(own());
            // The lock files stay: one that is removed may just have been opened by the next server.
            slotLock.acquiredBy().close();
            identity.acquiredBy().close();
            HELD.remove(slotFile(root, slot));
            HELD.remove(root.resolve("servers").resolve(serverId));
        } catch (IOException e) {
            // files of a few KB in memory; the locks go with the process at the latest
        }
    }
}
