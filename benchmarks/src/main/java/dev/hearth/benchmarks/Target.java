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
/// @param function    its function's name in the path of the Lambda API; empty where it has none
/// @param deploys     whether it takes more functions by the Lambda API while it runs; else its start is the deploy
/// @param handler     the language of that function, for those whose start is the deploy
/// @param idle        what it does to functions that idle, for the reader of a table
record Target(
        String name,
        String label,
        String note,
        Path folder,
        String path,
        String answer,
        int concurrency,
        String function,
        boolean deploys,
        String handler,
        String idle) {
    /// In the order of the table: the floor, ours, the others.
    static final List<String> ALL =
            List.of("bare", "hearth", "rie", "rie-concurrent", "serverless-offline", "ministack", "ministack-python");

    static Target load(Path home, String name) throws IOException {
        Path folder = home.resolve("targets").resolve(name);
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(folder.resolve("target.properties"))) {
            properties.load(reader);
        }
        String path = properties.getProperty("path", "/");
        return new Target(
                name,
                properties.getProperty("label", name),
                properties.getProperty("note", ""),
                folder,
                path,
                properties.getProperty("answer", "{\"message\":\"Hello %s\"}"),
                Integer.parseInt(properties.getProperty("concurrency", "1000")),
                path.replaceAll("^/2015-03-31/functions/|/invocations$|^/$", ""),
                Boolean.parseBoolean(properties.getProperty("deploys", "false")),
                properties.getProperty("handler", ""),
                properties.getProperty("idle", ""));
    }
}
