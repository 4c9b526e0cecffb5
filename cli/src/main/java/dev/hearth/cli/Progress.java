package dev.hearth.cli;

/// One line that says how far something has come: for a person at a terminal, and only when it takes long.
///
/// Used by one thread.
final class Progress implements AutoCloseable {
    private static final long QUIET_NANOS = 2_000_000_000L;
    private static final long EVERY_NANOS = 200_000_000L;

    private final Terminal terminal;
    private final long startNanos = System.nanoTime();
    private long lastNanos = startNanos + QUIET_NANOS - EVERY_NANOS;
    private int shown;

    Progress(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Replaces the line; not more often than a person can read.
    void show(String text) {
        long now = System.nanoTime();
        if (terminal.errIsTerminal() && now - lastNanos >= EVERY_NANOS) {
            lastNanos = now;
            write(text);
        }
    }

    /// Removes the line.
    @Override
    public void close() {
        if (shown > 0) {
            write("");
            terminal.status("");
            shown = 0;
        }
    }

    /// Blanks rather than an escape sequence: they work on every terminal.
    private void write(String text) {
        terminal.status(text + " ".repeat(Math.max(0, shown - text.length())));
        shown = text.length();
    }
}
