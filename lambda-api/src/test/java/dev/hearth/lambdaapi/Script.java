package dev.hearth.lambdaapi;

import dev.hearth.identity.AccessKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs a client program with AWS settings of its own and waits for its end.
final class Script {
    private static final long LIMIT_SECONDS = 300;

    private Script() {}

    record Result(int exit, String output) {}

    static Result run(Path directory, String endpoint, AccessKey key, List<String> command)
            throws IOException, InterruptedException {
        Path log = directory.resolve("client-output.txt");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "AWS_ENDPOINT_URL",
                        endpoint,
                        "AWS_ACCESS_KEY_ID",
                        key.id(),
                        "AWS_SECRET_ACCESS_KEY",
                        key.secret(),
                        "AWS_DEFAULT_REGION",
                        "us-east-1",
                        "AWS_EC2_METADATA_DISABLED",
                        "true",
                        "AWS_CONFIG_FILE",
                        directory.resolve("no-config").toString(),
                        "AWS_SHARED_CREDENTIALS_FILE",
                        directory.resolve("no-credentials").toString(),
                        "AWS_PAGER",
                        ""));
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(command + " ran longer than " + LIMIT_SECONDS + " s");
            }
        } finally {
            process.destroyForcibly();
        }
        return new Result(process.exitValue(), java.nio.file.Files.readString(log, StandardCharsets.UTF_8));
    }
}
