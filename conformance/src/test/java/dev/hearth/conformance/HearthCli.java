package dev.hearth.conformance;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The `hearth` command, in a process of its own.
record HearthCli(URI endpoint, Path directory) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    Command run(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.hearth.server.Main"));
        command.addAll(List.of(words));
        return Command.run(LIMIT, directory, Map.of("HEARTH_ENDPOINT", endpoint.toString()), command);
    }

    /// @return what it wrote
    String orFail(String... words) {
        return run(words).orFail().output();
    }
}
