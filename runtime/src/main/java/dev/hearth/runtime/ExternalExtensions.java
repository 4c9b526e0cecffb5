package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Extensions that are programs of their own: executables in `/opt/extensions`, started beside the runtime by a shell
/// that stays the sandbox's command; see `extensions.sh`.
final class ExternalExtensions {
    private static final String SHELL = "/bin/bash";
    private static final String SCRIPT = script();

    private ExternalExtensions() {}

    /// Their names, in the order in which they are started.
    ///
    /// @param layersTree what a function sees at `/opt`
    static List<String> names(Path layersTree) throws IOException {
        Path directory = layersTree.resolve("extensions");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /// A plan that starts them too.
    static Launch addTo(LaunchPlan plan, List<String> names) {
        if (names.size() > Extensions.LIMIT) {
            return new Launch.InvalidEntrypoint(
                    "Extension.TooManyExtensions", "Extension limit (" + Extensions.LIMIT + ") reached");
        }
        if (!Files.isExecutable(Path.of(SHELL))) {
            return new Launch.RuntimeMissing(
                    "It has extensions, which " + SHELL + " starts, and this machine has none: install bash.");
        }
        List<String> command = new ArrayList<>(List.of(SHELL, "-c", SCRIPT, "extensions"));
        command.addAll(names);
        command.add("--");
        command.addAll(plan.command());
        return new Launch.Planned(new LaunchPlan(command, plan.environment(), plan.mounts(), names));
    }

    private static String script() {
        try (InputStream in = ExternalExtensions.class.getResourceAsStream("extensions.sh")) {
            if (in == null) {
                throw new IllegalStateException("extensions.sh is missing in this build");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
