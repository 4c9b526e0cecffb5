package dev.hearth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads an event as a user gives it: JSON, `@FILE`, or `-` for standard input.
final class Event {
    private Event() {}

    static byte[] read(String payload, InputStream in) {
        try {
            if (payload.equals("-")) {
                return in.readAllBytes();
            }
            return payload.startsWith("@")
                    ? Files.readAllBytes(Path.of(payload.substring(1)))
                    : payload.getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "Cannot read the event from '" + payload.substring(1)
                            + "': there is no such file, or it is not readable.",
                    e);
        }
    }
}
