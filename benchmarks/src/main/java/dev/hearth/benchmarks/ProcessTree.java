package dev.hearth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A server and everything that runs below it, as `/proc` shows it. Processes that end meanwhile are left out.
record ProcessTree(ProcessHandle root) {
    /// What `USER_HZ` is on every Linux that Java runs on.
    private static final int TICKS_PER_SECOND = 100;
    /// Of `/proc/PID/stat`, counted after the program's name, which may have spaces.
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;

    /// Memory in bytes. Proportional set size: a page that several processes map counts for each in parts, so that
    /// sums are what is really used.
    ///
    /// @param swapped   in swap, in proportion too
    /// @param processes how many there were
    record Memory(long proportional, long swapped, int processes) {
        Memory plus(Memory other) {
            return new Memory(proportional + other.proportional, swapped + other.swapped, processes + other.processes);
        }
    }

    /// Of the server's own process.
    Memory ofServer() {
        return memory(root.pid());
    }

    /// Of all that is below it.
    Memory ofSandboxes() {
        return root.descendants().map(process -> memory(process.pid())).reduce(new Memory(0, 0, 0), Memory::plus);
    }

    /// CPU time of all of them so far, in seconds.
    double cpuSeconds() {
        return all().mapToLong(ProcessTree::ticks).sum() / (double) TICKS_PER_SECOND;
    }

    /// What the kernel charges the sandboxes' memory cgroups, page cache included; NaN where they cannot be read.
    double cgroupBytes() {
        Set<Path> groups = new HashSet<>();
        root.descendants().forEach(process -> groups.addAll(memoryGroups(process.pid())));
        groups.removeAll(memoryGroups(root.pid()));
        return groups.stream()
                .mapToDouble(ProcessTree::charged)
                .reduce(Double::sum)
                .orElse(Double.NaN);
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(root), root.descendants());
    }

    private static Memory memory(long pid) {
        List<String> lines = lines(Path.of("/proc/" + pid + "/smaps_rollup"));
        return new Memory(bytes(lines, "Pss:"), bytes(lines, "SwapPss:"), lines.isEmpty() ? 0 : 1);
    }

    private static long bytes(List<String> lines, String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024)
                .findFirst()
                .orElse(0);
    }

    private static long ticks(ProcessHandle process) {
        List<String> lines = lines(Path.of("/proc/" + process.pid() + "/stat"));
        if (lines.isEmpty()) {
            return 0;
        }
        String[] fields = lines.getFirst()
                .substring(lines.getFirst().lastIndexOf(')') + 2)
                .split(" ");
        return Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    }

    private static List<Path> memoryGroups(long pid) {
        return lines(Path.of("/proc/" + pid + "/cgroup")).stream()
                .map(line -> line.split(":", 3))
                .filter(group -> List.of(group[1].split(",")).contains("memory") || group[1].isEmpty())
                .map(group -> Path.of("/sys/fs/cgroup" + (group[1].isEmpty() ? "" : "/memory") + group[2]))
                .toList();
    }

    private static double charged(Path group) {
        for (String file : List.of("memory.usage_in_bytes", "memory.current")) {
            List<String> lines = lines(group.resolve(file));
            if (!lines.isEmpty()) {
                return Double.parseDouble(lines.getFirst());
            }
        }
        return 0;
    }

    /// Nothing where the process has ended.
    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException gone) {
            return List.of();
        }
    }
}
