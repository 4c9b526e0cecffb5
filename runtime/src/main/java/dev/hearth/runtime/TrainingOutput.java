package dev.hearth.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes apart what `train.sh` writes: a line `archive BYTES` and that many bytes, or a line `failed` and the end of a
/// log. The function can write there too; what does not look like this exactly is refused.
final class TrainingOutput implements AutoCloseable {
    /// More than the largest package could fill.
    private static final long MOST_BYTES = 1L << 30;

    private static final int MOST_TEXT = 8 * 1024;
    private static final String ARCHIVE = "archive ";

    private final Path file;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private @Nullable OutputStream archive;
    private long left;
    private @Nullable String problem;

    TrainingOutput(Path file) {
        this.file = file;
    }

    void take(byte[] bytes, int length) {
        try {
            int at = 0;
            while (at < length && archive == null && problem == null) {
                takeText(bytes[at++]);
            }
            if (archive != null && at < length) {
                takeArchive(archive, bytes, at, length - at);
            } else if (problem != null) {
                text.write(bytes, at, Math.min(length - at, Math.max(0, MOST_TEXT - text.size())));
            }
        } catch (IOException e) {
            problem = "the archive cannot be written: " + e.getMessage();
        }
    }

    private void takeText(byte b) throws IOException {
        if (b != '\n') {
            text.write(b);
            if (text.size() > MOST_TEXT) {
                problem = "it wrote something else than an archive";
            }
            return;
        }
        String line = text.toString(StandardCharsets.UTF_8);
        text.reset();
        if (line.matches(ARCHIVE + "[0-9]{1,10}")) {
            begin(Long.parseLong(line.substring(ARCHIVE.length())));
        } else {
            problem = line.equals("failed") ? "nothing was made that can be used" : "it wrote: " + line;
        }
    }

    private void begin(long bytes) throws IOException {
        if (bytes > MOST_BYTES) {
            problem = "an archive of " + bytes + " bytes is larger than " + MOST_BYTES;
            return;
        }
        left = bytes;
        archive = Files.newOutputStream(file);
    }

    private void takeArchive(OutputStream out, byte[] bytes, int from, int count) throws IOException {
        int mine = (int) Math.min(count, left);
        out.write(bytes, from, mine);
        left -= mine;
        if (mine < count) {
            problem = "it wrote more than an archive";
        }
    }

    /// @return empty when the archive is there, whole
    Optional<String> finish() throws IOException {
        close();
        if (problem != null) {
            return Optional.of(problem + said());
        }
        if (archive == null) {
            return Optional.of("it ended without a word" + said());
        }
        return left == 0 ? Optional.empty() : Optional.of("it ended " + left + " bytes before the archive's end");
    }

    private String said() {
        String words = text.toString(StandardCharsets.UTF_8).strip();
        return words.isEmpty() ? "" : "; it said last: " + words;
    }

    @Override
    public void close() {
        if (archive != null) {
            try {
                archive.close();
            } catch (IOException e) {
                problem = "the archive cannot be written: " + e.getMessage();
            }
        }
    }
}
