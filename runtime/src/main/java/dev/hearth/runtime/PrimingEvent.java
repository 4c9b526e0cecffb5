package dev.hearth.runtime;

import dev.hearth.model.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/// An event that a package brings along, so that Hearth can have the function handle it before anybody calls: the file
/// `hearth-priming-event.json` at its root. A function that has one must be content with being called when it is
/// deployed.
public final class PrimingEvent {
    static final String FILE = "hearth-priming-event.json";

    private static final long LIMIT_BYTES = 1 << 20;

    private PrimingEvent() {}

    /// @param codeTree the unpacked package
    /// @return empty where it brings none, or one of more than 1 MB
    public static Optional<Payload> of(Path codeTree) throws IOException {
        Path file = codeTree.resolve(FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LIMIT_BYTES) {
            return Optional.empty();
        }
        return Optional.of(new Payload(Files.readAllBytes(file)));
    }
}
