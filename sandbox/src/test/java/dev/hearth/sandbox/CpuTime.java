package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// CPU that processes of the host have used, from `/proc/PID/stat`.
final class CpuTime {
    private static final int USER_FIELD = 11;

    private CpuTime() {}

    /// In ticks of 10 ms, of those that have this command line.
    static long of(String commandLine) throws IOException {
        return HostProcesses.running(commandLine).stream()
                .mapToLong(process -> ticks(process.pid()))
                .sum();
    }

    private static long ticks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // after the name, which may hold spaces
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
            return Long.parseLong(fields.get(USER_FIELD)) + Long.parseLong(fields.get(USER_FIELD + 1));
        } catch (IOException e) {
            return 0; // it has ended
        }
    }

    /// Uses some itself, so that whoever could run would have.
    static void burn(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
