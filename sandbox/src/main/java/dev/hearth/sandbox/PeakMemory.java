package dev.hearth.sandbox;

import dev.hearth.model.ByteSize;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The kernel's high-water mark of a cgroup's memory. Its file stays open, so that reading it is one system call.
/// After [#close] it answers the last figure.
final class PeakMemory implements AutoCloseable {
    private final @Nullable FileChannel file;

    // Written by whoever reads the file, read by any thread after it was closed.
    private volatile ByteSize last = ByteSize.ofBytes(0);

    private PeakMemory(@Nullable FileChannel file) {
        this.file = file;
    }

    /// @param file need not be there: `memory.peak` came with Linux 5.19
    static PeakMemory of(Path file) throws IOException {
        return new PeakMemory(Files.exists(file) ? FileChannel.open(file) : null);
    }

    static PeakMemory unknown() {
        return new PeakMemory(null);
    }

    ByteSize read() {
        if (file != null && file.isOpen()) {
            try {
                last = ByteSize.ofBytes(CgroupDirectory.readLong(file));
            } catch (IOException e) {
                return last; // closed or removed meanwhile
            }
        }
        return last;
    }

    @Override
    public void close() {
        read();
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // a read-only descriptor has nothing to lose
        }
    }
}
