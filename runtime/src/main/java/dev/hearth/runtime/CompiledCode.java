package dev.hearth.runtime;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes apart what `train.js` writes of a Node.js function: a line `NAME BYTES` for each file, an empty line, the
/// files' bytes. The function could have written it too; what does not look like this exactly is refused.
final class CompiledCode {
    /// One for each ES module, and as many as a package of 250 MB may well have.
    private static final int MOST_FILES = 50_000;

    /// Those of our own and of Node.js: `node/v22.23.3-x64-9ac5647c-1000/18c81922`.
    private static final Pattern LINE =
            Pattern.compile("(modules|node/v[A-Za-z0-9._-]{1,100}/[0-9a-f]{1,64}) ([0-9]{1,10})");

    private static final int LONGEST_LINE = 200;

    private CompiledCode() {}

    /// @param target a directory that is made where there are files at all
    static void unpack(Path written, Path target) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(written)))) {
            for (Map.Entry<String, Long> file : index(in).entrySet()) {
                Path path = target.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                try (OutputStream out = Files.newOutputStream(path)) {
                    copy(in, out, file.getValue());
                }
            }
            if (in.read() >= 0) {
                throw new IOException("the compiled code of a function is longer than it says");
            }
        }
        Files.delete(written);
    }

    private static Map<String, Long> index(InputStream in) throws IOException {
        Map<String, Long> files = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches() || files.size() == MOST_FILES) {
                throw new IOException("the compiled code of a function begins with what is no list of its files");
            }
            files.put(matcher.group(1), Long.parseLong(matcher.group(2)));
        }
        return files;
    }

    private static String line(InputStream in) throws IOException {
        byte[] line = new byte[LONGEST_LINE];
        for (int length = 0; length < LONGEST_LINE; length++) {
            int read = in.read();
            if (read < 0) {
                break;
            }
            if (read == '\n') {
                return new String(line, 0, length, StandardCharsets.UTF_8);
            }
            line[length] = (byte) read;
        }
        throw new IOException("the compiled code of a function begins with what is no list of its files");
    }

    private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
        byte[] chunk = new byte[64 * 1024];
        for (long left = bytes; left > 0; ) {
            int count = in.read(chunk, 0, (int) Math.min(left, chunk.length));
            if (count < 0) {
                throw new EOFException("the compiled code of a function ends too early");
            }
            out.write(chunk, 0, count);
            left -= count;
        }
    }
}
