package dev.hearth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// A function of `functions/cold`, built and ready to be deployed.
///
/// @param name    the folder's name
/// @param label   its name in tables
/// @param runtime as the Lambda API names it
/// @param from    what its answers name, which only its dependency knows
record BenchmarkFunction(String name, String label, String runtime, String handler, String from, Path zip) {
    static final List<String> ALL = List.of(
            "python-trivial",
            "python-boto3",
            "python-numpy",
            "node-trivial",
            "node-sdk",
            "java-trivial",
            "java-sdk",
            "go-trivial",
            "go-sdk");

    /// Builds it for the newest runtime of its family that the server has.
    ///
    /// @throws UnavailableException when this machine cannot have it
    static BenchmarkFunction build(Options options, LambdaApi server, String name)
            throws IOException, InterruptedException {
        Path folder = options.home().resolve("functions").resolve("cold").resolve(name);
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(folder.resolve("function.properties"))) {
            properties.load(reader);
        }
        String runtime = server.newest(properties.getProperty("runtime"));
        Path work =
                Files.createDirectories(options.output().resolve("functions").resolve(name));
        build(folder, work, runtime);
        return new BenchmarkFunction(
                name,
                properties.getProperty("label"),
                runtime,
                properties.getProperty("handler"),
                properties.getProperty("from"),
                work.resolve("function.zip"));
    }

    private static void build(Path folder, Path work, String runtime) throws IOException, InterruptedException {
        Path log = work.resolve("build.log");
        System.err.println("Building " + folder.getFileName());
        Process build = new ProcessBuilder(
                        folder.resolveSibling("build.sh").toString(),
                        folder.getFileName().toString(),
                        work.toString(),
                        runtime.replaceAll("[^0-9.]", ""))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (build.waitFor() != 0) {
            List<String> lines = Files.readAllLines(log);
            throw new UnavailableException("the build of " + folder.getFileName() + " failed: "
                    + (lines.isEmpty() ? "nothing in its log" : lines.getLast()) + " (" + log + ")");
        }
    }

    /// Deploys it and waits until it can be invoked.
    void deploy(LambdaApi server, String as) throws IOException, InterruptedException {
        deploy(server, as, Map.of());
    }

    /// The same with tags.
    void deploy(LambdaApi server, String as, Map<String, String> tags) throws IOException, InterruptedException {
        server.create(as, runtime, handler, Files.readAllBytes(zip), tags);
        server.awaitActive(as);
    }

    Event event(long number) {
        return event(number, 0);
    }

    /// @param sleepMillis how long the handler is to sleep; the trivial functions do
    Event event(long number, long sleepMillis) {
        return new Event(number, sleepMillis, from);
    }
}
