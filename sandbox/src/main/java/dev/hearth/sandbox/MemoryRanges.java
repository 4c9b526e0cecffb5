package dev.hearth.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Which parts of a process's memory can be paged out, from its `/proc/PID/maps` (proc_pid_maps(5)).
final class MemoryRanges {
    /// Small enough that a process that is thawed meanwhile hardly notices.
    static final long MOST_BYTES = 4 << 20;

    /// Belong to the kernel.
    private static final Set<String> SPECIAL = Set.of("[vvar]", "[vvar_vclock]", "[vdso]", "[vsyscall]");

    private static final int PATH_FIELD = 5;

    private MemoryRanges() {}

    /// Private ones, of files too; what nothing may access is not there. None larger than [#MOST_BYTES].
    static List<Range> parse(List<String> maps) {
        List<Range> ranges = new ArrayList<>();
        for (String line : maps) {
            String[] fields = line.split(" +", PATH_FIELD + 1);
            String permissions = fields[1];
            boolean isPrivate = permissions.endsWith("p") && !permissions.startsWith("---");
            if (isPrivate && !(fields.length > PATH_FIELD && SPECIAL.contains(fields[PATH_FIELD]))) {
                split(ranges, fields[0]);
            }
        }
        return ranges;
    }

    private static void split(List<Range> ranges, String addresses) {
        int dash = addresses.indexOf('-');
        long end = Long.parseUnsignedLong(addresses.substring(dash + 1), 16);
        long start = Long.parseUnsignedLong(addresses.substring(0, dash), 16);
        while (start < end) {
            long length = Math.min(MOST_BYTES, end - start);
            ranges.add(new Range(start, length));
            start += length;
        }
    }

    record Range(long start, long length) {}
}
