package dev.hearth.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the user asked for.
///
/// @param home      the folder `benchmarks`
/// @param quick     a rough answer in about a minute
/// @param rounds    how often each target has its turn
/// @param measure   length of one turn that counts
/// @param warmUp    length of the load that each target gets before the first round
/// @param only      the targets to run; empty means all
/// @param functions size of the full catalog in `start`
record Options(
        Path home, boolean quick, int rounds, Duration measure, Duration warmUp, Set<String> only, int functions) {
    private static final Set<String> VALUED = Set.of("--rounds", "--seconds", "--warm-up", "--only", "--functions");

    static Options parse(List<String> args) {
        boolean quick = args.contains("--quick");
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (VALUED.contains(arg) && i + 1 < args.size()) {
                values.put(arg, args.get(++i));
            } else if (!arg.equals("--quick")) {
                throw new IllegalArgumentException("Unknown or incomplete option '" + arg + "'; there are --quick, "
                        + String.join(", ", VALUED.stream().sorted().toList()) + ".");
            }
        }
        return new Options(
                Path.of(System.getProperty("benchmarks.home", "benchmarks")).toAbsolutePath(),
                quick,
                Integer.parseInt(values.getOrDefault("--rounds", quick ? "3" : "5")),
                seconds(values.getOrDefault("--seconds", quick ? "1" : "4")),
                seconds(values.getOrDefault("--warm-up", quick ? "3" : "10")),
                names(values.getOrDefault("--only", "")),
                Integer.parseInt(values.getOrDefault("--functions", quick ? "1000" : "10000")));
    }

    /// Where results and the targets' own files go.
    Path output() {
        return home.resolve("target");
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
    }

    private static Set<String> names(String list) {
        var names = new HashSet<>(Arrays.asList(list.split(",")));
        names.remove("");
        return Set.copyOf(names);
    }
}
