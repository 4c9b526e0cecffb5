package dev.hearth.logs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A line of a segment file: kind, time, milliseconds until it came in, stream and message, with tabs between.
/// Text, so that `grep` and `tail` are of use.
///
/// @param kind    what it says
/// @param message as written by the function; empty for the other kinds
record LogLine(Kind kind, long epochMillis, long ingestedMillis, String stream, String message) {
    /// What a line says.
    enum Kind {
        EVENT('E'),
        STREAM_CREATED('C'),
        STREAM_DELETED('D');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    static LogLine event(long epochMillis, long ingestedMillis, String stream, String message) {
        return new LogLine(Kind.EVENT, epochMillis, ingestedMillis, stream, message);
    }

    static LogLine of(Kind kind, long epochMillis, String stream) {
        return new LogLine(kind, epochMillis, epochMillis, stream, "");
    }

    void writeTo(ByteArrayOutputStream out) {
        String head =
                kind.letter + "\t" + epochMillis + "\t" + (ingestedMillis - epochMillis) + "\t" + clean(stream) + "\t";
        out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(escape(message).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    /// Reads a line without its line break; empty for what is not one, such as the rest of a torn write.
    static Optional<LogLine> parse(byte[] bytes, int from, int to) {
        int[] tabs = new int[4];
        int found = 0;
        for (int i = from; i < to && found < tabs.length; i++) {
            if (bytes[i] == '\t') {
                tabs[found++] = i;
            }
        }
        if (found < tabs.length || tabs[0] != from + 1) {
            return Optional.empty();
        }
        try {
            long time = Long.parseLong(text(bytes, tabs[0] + 1, tabs[1]));
            long delay = Long.parseLong(text(bytes, tabs[1] + 1, tabs[2]));
            String stream = text(bytes, tabs[2] + 1, tabs[3]);
            String message = unescape(text(bytes, tabs[3] + 1, to));
            return kind(bytes[from]).map(kind -> new LogLine(kind, time, time + delay, stream, message));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Kind> kind(byte letter) {
        for (Kind kind : Kind.values()) {
            if (kind.letter == letter) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /// Stream names with line breaks or tabs would break the line.
    private static String clean(String stream) {
        return stream.indexOf('\t') < 0 && stream.indexOf('\n') < 0 ? stream : stream.replaceAll("[\t\n]", "_");
    }

    private static String escape(String message) {
        if (message.indexOf('\n') < 0 && message.indexOf('\\') < 0) {
            return message;
        }
        return message.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var message = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                message.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
            } else {
                message.append(c);
            }
        }
        return message.toString();
    }
}
