package dev.hearth.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the user asked for.
///
/// @param home   the folder `benchmarks`
/// @param quick  a rough answer in about a minute or two
/// @param values options with a value, by name
record Options(Path home, boolean quick, Map<String, String> values) {
    private static final Set<String> VALUED = Set.of(
            "--rounds",
            "--seconds",
            "--warm-up",
            "--only",
            "--functions",
            "--samples",
            "--boots",
            "--minutes",
            "--compression",
            "--rate",
            "--arrivals",
            "--seed",
            "--idle");

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
        Path home = Path.of(System.getProperty("benchmarks.home", "benchmarks")).toAbsolutePath();
        return new Options(home, quick, Map.copyOf(values));
    }

    /// How often each target has its turn.
    int rounds() {
        return count("--rounds", 5, 3);
    }

    /// Length of one turn that counts.
    Duration measure() {
        return seconds("--seconds", 4, 1);
    }

    /// Length of the load that each target gets before the first round.
    Duration warmUp() {
        return seconds("--warm-up", 10, 3);
    }

    /// What to run; empty means all.
    Set<String> only() {
        var names = new HashSet<>(Arrays.asList(text("--only", "").split(",")));
        names.remove("");
        return Set.copyOf(names);
    }

    boolean includes(String name) {
        return only().isEmpty() || only().contains(name);
    }

    int count(String option, int full, int rough) {
        String given = values.get(option);
        return given == null ? quick ? rough : full : Integer.parseInt(given);
    }

    double number(String option, double full, double rough) {
        String given = values.get(option);
        return given == null ? quick ? rough : full : Double.parseDouble(given);
    }

    Duration seconds(String option, double full, double rough) {
        return Duration.ofMillis(Math.round(number(option, full, rough) * 1_000));
    }

    String text(String option, String byDefault) {
        return values.getOrDefault(option, byDefault);
    }

    /// Where results and the targets' own files go.
    Path output() {
        return home.resolve("target");
    }

    /// What starts Hearth: of this source tree, or what `HEARTH` names.
    Path launcher() {
        return Optional.ofNullable(System.getenv("HEARTH"))
                .map(Path::of)
                .orElse(home.resolveSibling("bin").resolve("hearth"))
                .toAbsolutePath();
    }
}
