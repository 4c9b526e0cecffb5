package dev.hearth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/// A platform that is measured; described by its folder in `benchmarks/targets`.
///
/// @param name        the folder's name
/// @param label       its name in tables
/// @param note        one line that a reader of the table needs
/// @param folder      holds its scripts `setup` and `start`
/// @param path        where it takes invocations
/// @param answer      the body it answers with, `%s` for the name that was sent
/// @param concurrency the most calls it survives at once
record Target(String name, String label, String note, Path folder, String path, String answer, int concurrency) {
    /// In the order of the table: the floor, ours, the others.
    static final List<String> ALL =
            List.of("bare", "hearth", "rie", "rie-concurrent", "serverless-offline", "ministack", "ministack-python");

    static Target load(Path home, String name) throws IOException {
        Path folder = home.resolve("targets").resolve(name);
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(folder.resolve("target.properties"))) {
            properties.load(reader);
        }
        return new Target(
                name,
                properties.getProperty("label", name),
                properties.getProperty("note", ""),
                folder,
                properties.getProperty("path", "/"),
                properties.getProperty("answer", "{\"message\":\"Hello %s\"}"),
                Integer.parseInt(properties.getProperty("concurrency", "1000")));
    }
}
