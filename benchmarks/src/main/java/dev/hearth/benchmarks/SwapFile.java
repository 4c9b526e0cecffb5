package dev.hearth.benchmarks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// Swap space that a benchmark has for its time. It is taken away when the benchmark ends, by whatever way it does but
/// SIGKILL; what a killed run left is taken away when the next one begins.
final class SwapFile implements AutoCloseable {
    private static final long KEEP_FREE_BYTES = 4L << 30;
    private static final int BLOCK_BYTES = 1 << 20;

    private final Path file;
    private final Thread atExit;

    private SwapFile(Path file) {
        this.file = file;
        this.atExit = new Thread(() -> remove(file), "swap-off");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /// Makes one where there is less free swap than that and the user may; fewer bytes where the disk has less room.
    ///
    /// @return empty where there is enough without, or none can be had, which is told
    static Optional<SwapFile> ensure(Path folder, long bytes) throws IOException, InterruptedException {
        Path file = folder.resolve("swap");
        remove(file);
        if (freeBytes() >= bytes) {
            return Optional.empty();
        }
        long size = Math.min(bytes, Files.getFileStore(folder).getUsableSpace() - KEEP_FREE_BYTES);
        var swap = new SwapFile(file);
        if (size < BLOCK_BYTES || !make(file, size)) {
            System.err.println("No swap: nothing can be paged out. Run this as root with some disk, or add swap.");
            swap.close();
            return Optional.empty();
        }
        System.err.printf("Made %,d MB of swap%n", size >> 20);
        return Optional.of(swap);
    }

    private static boolean make(Path file, long bytes) throws IOException, InterruptedException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        // fallocate leaves no holes, which swap does not take; where the file system cannot, zeros do.
        if (!run("fallocate", "-l", "" + bytes, file.toString())) {
            fill(file, bytes);
        }
        return run("mkswap", file.toString()) && run("swapon", file.toString());
    }

    private static void fill(Path file, long bytes) throws IOException {
        byte[] zeros = new byte[BLOCK_BYTES];
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            for (long written = 0; written < bytes; written += BLOCK_BYTES) {
                out.write(zeros);
            }
        }
    }

    private static long freeBytes() throws IOException {
        return meminfo("SwapFree:");
    }

    /// How much of all swap is in use.
    static long usedBytes() throws IOException {
        return meminfo("SwapTotal:") - freeBytes();
    }

    private static long meminfo(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024)
                .findFirst()
                .orElse(0);
    }

    private static void remove(Path file) {
        try {
            if (Files.exists(file)) {
                boolean _ = run("swapoff", file.toString());
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("Take " + file + " away yourself: swapoff " + file + " and delete it; " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    @Override
    public void close() {
        Exits.forget(atExit);
        remove(file);
    }
}
