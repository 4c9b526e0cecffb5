package dev.hearth.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Remembers during which run of the machine a directory was last used. What was written without `fsync` is safe
/// from the death of the process, not from that of the machine.
final class BootMark {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String FILE = "boot";

    private BootMark() {}

    /// Whether the machine has been started since [#write], or cannot tell.
    static boolean isNew(Path directory) throws IOException {
        Path mark = directory.resolve(FILE);
        return !Files.exists(mark)
                || !Files.exists(BOOT_ID)
                || !Files.readString(mark).equals(Files.readString(BOOT_ID));
    }

    static void write(Path directory) throws IOException {
        if (Files.exists(BOOT_ID)) {
            Files.writeString(directory.resolve(FILE), Files.readString(BOOT_ID));
        }
    }
}
