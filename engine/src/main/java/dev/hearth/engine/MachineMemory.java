package dev.hearth.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the machine has of memory, from `/proc/meminfo`, in bytes.
///
/// @param total     all of it
/// @param available what could be used without swapping
record MachineMemory(long total, long available) {
    private static final Path MEMINFO = Path.of("/proc/meminfo");

    static MachineMemory read() {
        try {
            List<String> lines = Files.readAllLines(MEMINFO);
            return new MachineMemory(kib(lines, "MemTotal:"), kib(lines, "MemAvailable:"));
        } catch (IOException e) {
            // No Linux, or a hidden /proc: what the JVM takes itself to be worth stands for the machine.
            long max = Runtime.getRuntime().maxMemory();
            return new MachineMemory(max * 4, max * 4);
        }
    }

    private static long kib(List<String> lines, String name) throws IOException {
        for (String line : lines) {
            if (line.startsWith(name)) {
                return Long.parseLong(
                                line.substring(name.length()).replace("kB", "").strip())
                        * 1024;
            }
        }
        throw new IOException("no " + name + " in " + MEMINFO);
    }
}
