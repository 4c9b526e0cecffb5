package dev.hearth.cli;

import dev.hearth.cli.LoadTrace.Load;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the class-load log of a JVM, `-Xlog:class+load=info:stdout:uptimenanos,tid`.
///
/// ```
/// [41306773ns][3] java.io.Serializable source: shared objects file
/// ```
///
/// It says when a class was there, not what it took: the time since the class before, on the same thread, is taken
/// for it. That is finding, reading and linking it, and running what led to it, such as the initialisation of the
/// class before. In the first call, a longer pause is the handler's own work and counts for nothing.
final class ClassLoads {
    static final String OPTION = "-Xlog:class+load=info:stdout:uptimenanos,tid";

    /// Where the JVM says that a class of an archive came from.
    static final String FROM_ARCHIVE = "shared objects file";

    private static final Pattern LOADED =
            Pattern.compile("\\[(\\d+)ns\\]\\[(\\d+)\\s*\\] (\\S+) source: (.+?)(?: \\(.*\\))?");
    private static final long LONGEST_IN_CALL_NANOS = 20_000_000;

    private ClassLoads() {}

    /// @param lines the log of an instance from its beginning to the end of its first call
    static LoadTrace parse(List<String> lines) {
        var loads = new ArrayList<Load>();
        Map<String, Long> lastByThread = new HashMap<>();
        boolean firstCall = false;
        for (String line : lines) {
            firstCall |= line.startsWith("START RequestId:");
            Matcher loaded = LOADED.matcher(line);
            if (loaded.matches()) {
                long now = Long.parseLong(loaded.group(1));
                long took = now - lastByThread.getOrDefault(loaded.group(2), now);
                lastByThread.put(loaded.group(2), now);
                long counted = firstCall && took > LONGEST_IN_CALL_NANOS ? 0 : took;
                loads.add(new Load(
                        loaded.group(3),
                        loaded.group(4).strip(),
                        LoadTrace.NO_PARENT,
                        Math.max(0, counted),
                        firstCall));
            }
        }
        return new LoadTrace(loads, Set.of());
    }
}
