package dev.hearth.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Runs commands as a user would, and keeps what they print.
final class Shell {
    final Map<String, String> environment = new HashMap<>();
    String in = "";
    boolean coloured;

    /// What the command that runs has printed.
    private volatile Printed printed = new Printed();

    /// Tells when there is more.
    private static final class Printed extends StringWriter {
        @Override
        public synchronized void write(char[] text, int offset, int length) {
            super.write(text, offset, length);
            notifyAll();
        }

        synchronized boolean awaitText(String expected) throws InterruptedException {
            long deadline = System.nanoTime() + 60_000_000_000L;
            while (!toString().equals(expected) && System.nanoTime() < deadline) {
                wait(1_000);
            }
            return toString().equals(expected);
        }
    }

    /// What a command did.
    record Ran(int exitCode, String out, String err) {}

    Shell(String endpoint) {
        environment.put("HEARTH_ENDPOINT", endpoint);
    }

    Ran run(String... arguments) {
        var out = new Printed();
        printed = out;
        var err = new StringWriter();
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), coloured, coloured, coloured);
        var input = new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8));
        int code = HearthCommand.commandLine(new Surroundings(environment, input, terminal))
                .execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }

    /// Waits until the command that runs has printed this.
    ///
    /// @return what it has printed
    String awaitOut(String expected) {
        try {
            boolean _ = printed.awaitText(expected);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return printed.toString();
    }
}
