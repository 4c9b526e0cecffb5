package dev.hearth.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// The machine's cache of files.
final class PageCache {
    private static final Path DROP = Path.of("/proc/sys/vm/drop_caches");

    private PageCache() {}

    /// What empties the cache when it is run.
    ///
    /// @throws CommandFailure when the server's machine is not this one, or this user may not
    static Runnable dropping(URI server) {
        if (!Circumstances.isThisMachine(server) || !Files.isWritable(DROP)) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "Cannot empty the page cache for --drop-caches: it needs the server on this machine, and root.");
        }
        return PageCache::drop;
    }

    private static void drop() {
        try {
            Files.writeString(DROP, "3");
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.REFUSED, "Cannot empty the page cache: " + e.getMessage() + ".", e);
        }
    }
}
