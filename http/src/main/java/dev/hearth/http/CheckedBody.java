package dev.hearth.http;

import java.io.IOException;
import java.io.InputStream;

/// A request's body that tells a broken transfer as an [UnreadableBodyException]: Helidon throws various unchecked
/// ones.
final class CheckedBody extends InputStream {
    private final InputStream in;
    private boolean broken;

    CheckedBody(InputStream in) {
        this.in = in;
    }

    /// Nothing that follows on the connection can be understood.
    boolean isBroken() {
        return broken;
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (RuntimeException e) {
            broken = true;
            throw new UnreadableBodyException(e);
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (RuntimeException e) {
            broken = true;
            throw new UnreadableBodyException(e);
        }
    }
}
