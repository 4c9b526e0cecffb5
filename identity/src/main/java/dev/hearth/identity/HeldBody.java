package dev.hearth.identity;

import java.io.ByteArrayInputStream;

/// A body that had to be read to be hashed. Whoever reads all of it gets the very array, not a copy.
final class HeldBody extends ByteArrayInputStream {
    HeldBody(byte[] bytes) {
        super(bytes);
    }

    @Override
    public synchronized byte[] readNBytes(int length) {
        if (pos == 0 && count == buf.length && length >= count) {
            pos = count;
            return buf;
        }
        byte[] part = new byte[Math.min(length, available())];
        int read = read(part, 0, part.length);
        assert read == part.length || part.length == 0;
        return part;
    }

    @Override
    public synchronized byte[] readAllBytes() {
        return readNBytes(available());
    }
}
