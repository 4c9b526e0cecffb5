package dev.hearth.sandbox;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.hearth.model.ByteSize;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Swap of the host's for the time of a test, which is skipped where that cannot be had.
final class SwapFile implements AutoCloseable {
    private final Path file;

    private SwapFile(Path file) {
        this.file = file;
    }

    static SwapFile on(Path directory, ByteSize size) throws IOException {
        Path file = Files.createTempFile(
                directory,
                "swap",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] mebibyte = new byte[1 << 20];
            for (long written = 0; written < size.bytes(); written += mebibyte.length) {
                out.write(mebibyte); // swap files have no holes
            }
        }
        try {
            Command.run("mkswap", file.toString());
            Command.run("swapon", file.toString());
        } catch (IOException e) {
            Files.delete(file);
            abort("swap cannot be added here: " + e.getMessage());
        }
        return new SwapFile(file);
    }

    @Override
    public void close() throws IOException {
        Command.run("swapoff", file.toString());
        Files.delete(file);
    }
}
