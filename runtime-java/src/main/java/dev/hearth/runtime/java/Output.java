package dev.hearth.runtime.java;

import java.io.ByteArrayOutputStream;

/// The answer of an invocation as it grows; its bytes can be sent without a copy.
final class Output extends ByteArrayOutputStream {
    Output() {
        super(1024);
    }

    /// The bytes, of which the first [#size()] count.
    byte[] buffer() {
        return buf;
    }
}
