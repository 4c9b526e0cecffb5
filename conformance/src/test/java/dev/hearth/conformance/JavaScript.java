package dev.hearth.conformance;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The AWS SDK for JavaScript 3: where `bin/setup --tests` put it, else below `target`.
final class JavaScript {
    /// The last line that runs on Node.js 18, which Debian has.
    private static final String VERSION = "3.888.0";

    private static final Path SET_UP = Path.of("..", "target", "javascript", "node_modules");
    private static final Path OWN = Path.of("target", "javascript");
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(5);

    private JavaScript() {}

    /// The directory for `NODE_PATH`. Skips the test without Node.js.
    static synchronized Path modules() {
        if (!Command.exists("node") || !Command.exists("npm")) {
            abort("no Node.js with npm; bin/setup --languages installs it");
        }
        Path setUp = SET_UP.toAbsolutePath().normalize();
        if (Files.isDirectory(setUp.resolve("@aws-sdk/client-lambda"))) {
            return setUp;
        }
        Path own = OWN.toAbsolutePath();
        if (!Files.isDirectory(own.resolve("node_modules/@aws-sdk/client-lambda"))) {
            Command.run(
                            INSTALL_LIMIT,
                            Path.of("."),
                            Map.of(),
                            List.of(
                                    "npm",
                                    "install",
                                    "--prefix",
                                    own.toString(),
                                    "--silent",
                                    "--no-audit",
                                    "--no-fund",
                                    "--ignore-scripts",
                                    "@aws-sdk/client-lambda@" + VERSION))
                    .orFail();
        }
        return own.resolve("node_modules");
    }
}
