package dev.hearth.runtime;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What programs say about themselves, asked once and remembered while their file stays the same. Safe for use by
/// any thread.
final class Versions {
    private static final Logger LOG = System.getLogger("dev.hearth.runtime");

    private final Optional<Path> file;
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    Versions(Optional<Path> file) {
        this.file = file;
        file.filter(Files::isRegularFile).ifPresent(this::load);
    }

    /// The first line that a program prints.
    ///
    /// @return empty where it fails or takes too long
    Optional<String> ask(Path program, String... arguments) {
        Optional<String> key = key(program, arguments);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        String known = answers.get(key.get());
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> answer = Programs.run(program, arguments);
        answer.ifPresent(line -> answers.put(key.get(), line));
        return answer;
    }

    private static Optional<String> key(Path program, String... arguments) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(program, BasicFileAttributes.class);
            return Optional.of(program + "|" + attributes.size() + "|"
                    + attributes.lastModifiedTime().toMillis() + "|" + String.join(" ", arguments));
        } catch (IOException e) {
            return Optional.empty(); // it is not there: nothing to ask
        }
    }

    private void load(Path from) {
        try {
            for (String line : Files.readAllLines(from)) {
                int tab = line.indexOf('\t');
                if (tab > 0) {
                    answers.put(line.substring(0, tab), line.substring(tab + 1));
                }
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "what programs said about their versions cannot be read; they are asked again", e);
        }
    }

    /// Writes down what was learnt, for the next start.
    void save() {
        if (file.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        answers.forEach(
                (key, line) -> text.append(key).append('\t').append(line).append('\n'));
        Path target = file.get();
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        try {
            Files.writeString(fresh, text);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "what programs said about their versions cannot be kept; they are asked again", e);
        }
    }
}
