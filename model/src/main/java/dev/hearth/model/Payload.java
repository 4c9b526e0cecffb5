package dev.hearth.model;

/// Bytes that belong to a caller or a function. Not copied, so whoever made it must not change the array;
/// never printed.
public record Payload(byte[] bytes) {
    public static final Payload EMPTY = new Payload(new byte[0]);

    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload(byte[] others) && java.util.Arrays.equals(bytes, others);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Payload[" + bytes.length + " bytes]";
    }
}
