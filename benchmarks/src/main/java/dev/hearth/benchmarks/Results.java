package dev.hearth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Where a benchmark leaves what it found.
final class Results {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private Results() {}

    /// Writes `target/results/NAME-TIME.md` and `.json`, and prints the text.
    ///
    /// @param json what the JSON holds beside the benchmark's name and the machine
    static void publish(Options options, String benchmark, Machine machine, String text, Map<String, ?> json)
            throws IOException {
        Path folder = Files.createDirectories(options.output().resolve("results"));
        String name = benchmark + "-" + LocalDateTime.now(ZoneOffset.UTC).format(TIME);
        Path file = folder.resolve(name + ".md");
        Files.writeString(file, text);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("benchmark", benchmark);
        all.put("machine", machine);
        all.putAll(json);
        Files.writeString(
                folder.resolve(name + ".json"),
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(all));
        System.out.println(text + System.lineSeparator() + "Written to " + file + " and .json");
    }

    /// A line that says whether an aim was met.
    static String verdict(String what, double figure, String unit, double aim) {
        return "- %s: %.2f %s; aim at most %.2f: %s.%n".formatted(what, figure, unit, aim, word(figure <= aim));
    }

    static String word(boolean met) {
        return met ? "met" : "NOT met";
    }
}
