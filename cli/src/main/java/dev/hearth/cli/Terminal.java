package dev.hearth.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Where a command writes: results to `out`, everything about them to `err`; both UTF-8.
///
/// @param outIsTerminal whether a person reads `out`
/// @param errIsTerminal whether a person reads `err`
/// @param coloured      whether escape sequences may be written to `out`
record Terminal(PrintWriter out, PrintWriter err, boolean outIsTerminal, boolean errIsTerminal, boolean coloured) {

    /// The process's own output.
    ///
    /// The launcher, which can ask cheaply, names those of `out` and `err` that are terminals in the
    /// system property `hearth.terminal`.
    static Terminal ofProcess(Map<String, String> environment) {
        List<String> terminals =
                List.of(System.getProperty("hearth.terminal", "").split(","));
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || "dumb".equals(environment.getOrDefault("TERM", "dumb"));
        boolean out = terminals.contains("out");
        return new Terminal(
                writer(FileDescriptor.out), writer(FileDescriptor.err), out, terminals.contains("err"), out && !plain);
    }

    void print(String line) {
        out.println(line);
        out.flush();
    }

    /// Something about the result, for the person at the terminal; never part of the result.
    void note(String line) {
        err.println(line);
        err.flush();
    }

    /// Writes over the line that the cursor is in, and leaves it there.
    void status(String text) {
        err.print("\r" + text);
        err.flush();
    }

    String bold(String text) {
        return styled("1", text);
    }

    String dim(String text) {
        return styled("2", text);
    }

    String red(String text) {
        return styled("31", text);
    }

    private String styled(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
