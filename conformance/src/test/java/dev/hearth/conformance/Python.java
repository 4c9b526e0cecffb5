package dev.hearth.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A Python with boto3, and the AWS CLI: the machine's own where it has both, else a virtual environment below
/// `target`.
final class Python {
    private static final Path ENVIRONMENT = Path.of("target", "venv").toAbsolutePath();
    private static final List<String> PACKAGES = List.of("boto3==1.43.11", "awscli==1.45.11");
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(5);
    private static final Duration PROBE_LIMIT = Duration.ofMinutes(2);

    private Python() {}

    /// The interpreter that can import boto3.
    static String withBoto3() {
        return ownHas("python3", "-c", "import boto3") ? "python3" : installed("python");
    }

    static String awsCli() {
        return ownHas("aws", "--version") ? "aws" : installed("aws");
    }

    private static boolean ownHas(String... words) {
        return Command.exists(words[0])
                && Command.run(PROBE_LIMIT, Path.of("."), Map.of(), List.of(words))
                                .exit()
                        == 0;
    }

    private static synchronized String installed(String program) {
        Path path = ENVIRONMENT.resolve("bin").resolve(program);
        if (!Files.exists(ENVIRONMENT.resolve("bin").resolve("aws"))) {
            run(List.of("python3", "-m", "venv", ENVIRONMENT.toString()));
            var install = new java.util.ArrayList<>(
                    List.of(ENVIRONMENT.resolve("bin/pip").toString(), "install", "-q", "--disable-pip-version-check"));
            install.addAll(PACKAGES);
            run(install);
        }
        return path.toString();
    }

    private static void run(List<String> words) {
        Command.run(INSTALL_LIMIT, Path.of("."), Map.of(), words).orFail();
    }
}
