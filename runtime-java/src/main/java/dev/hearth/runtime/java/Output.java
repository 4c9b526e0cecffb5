package dev.hearth.runtime.java;

import java.io.ByteArrayOutputStream;

/// The answer of an invocation as it grows, and when the function's own code ran. Its bytes can be sent without a
/// copy.
final class Output extends ByteArrayOutputStream {
    private long startNanos;
    private long endNanos;

    Output() {
        super(1024);
    }

    /// The function's code is about to be called.
    void begin() {
        endNanos = 0;
        startNanos = System.nanoTime();
    }

    /// The function's code has returned or thrown. The first call counts.
    void end() {
        if (endNanos == 0) {
            endNanos = System.nanoTime();
        }
    }

    /// Both times as header fields; empty where the function's code was not reached.
    String times() {
        return startNanos == 0
                ? ""
                : "Hearth-Handler-Start: " + startNanos + "\r\nHearth-Handler-End: " + endNanos + "\r\n";
    }

    @Override
    public synchronized void reset() {
        super.reset();
        startNanos = 0;
    }

    /// The bytes, of which the first [#size()] count.
    byte[] buffer() {
        return buf;
    }
}
