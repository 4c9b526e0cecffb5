package dev.hearth.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Replays traces against the scheduler and writes what came of it.
///
/// ```
/// simulation/run                     the bundled traces, into simulation/results
/// simulation/run FOLDER              another sample of the same form, to standard output
/// ```
public final class Simulation {
    private static final Path RESULTS = Path.of("simulation", "results");

    private Simulation() {}

    /// @param arguments a folder with a trace, or none
    public static void main(String... arguments) throws IOException {
        if (arguments.length > 0) {
            System.out.print(KeepAliveReport.of(TraceReader.folder(Path.of(arguments[0]))));
            return;
        }
        Files.createDirectories(RESULTS);
        write("scaling-signals.txt", BurstReport.of());
        write("keep-alive-100.txt", KeepAliveReport.of(TraceReader.bundled("azure2019_100")));
        write("keep-alive-500.txt", KeepAliveReport.of(TraceReader.bundled("azure2019_500")));
    }

    private static void write(String file, String text) throws IOException {
        Files.writeString(RESULTS.resolve(file), text);
        System.out.print(text);
    }
}
