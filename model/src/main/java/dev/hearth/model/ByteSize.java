package dev.hearth.model;

/// A number of bytes, not negative.
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final long KIB = 1024;
    private static final long MIB = KIB * 1024;

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size cannot be negative: " + bytes);
        }
    }

    public static ByteSize ofBytes(long bytes) {
        return new ByteSize(bytes);
    }

    public static ByteSize ofKib(long kib) {
        return new ByteSize(Math.multiplyExact(kib, KIB));
    }

    /// AWS counts memory, `/tmp` and packages in units of 1,048,576 bytes and calls them MB.
    public static ByteSize ofMib(long mib) {
        return new ByteSize(Math.multiplyExact(mib, MIB));
    }

    /// Whole MiB, rounded up, as REPORT lines count memory.
    public long toMibRoundedUp() {
        return Math.ceilDiv(bytes, MIB);
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        if (bytes >= MIB && bytes % MIB == 0) {
            return bytes / MIB + " MB";
        }
        if (bytes >= KIB && bytes % KIB == 0) {
            return bytes / KIB + " KB";
        }
        return bytes + " bytes";
    }
}
