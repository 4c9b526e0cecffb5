package dev.hearth.sandbox;

/// An IPv4 address or mask.
///
/// @param bits the first octet is the highest
record Ipv4(int bits) {
    static Ipv4 parse(String text) {
        String[] octets = text.split("\\.");
        if (octets.length != 4) {
            throw new IllegalArgumentException("not an IPv4 address: " + text);
        }
        int bits = 0;
        for (String octet : octets) {
            int value = Integer.parseInt(octet);
            if (value < 0 || value > 255) {
                throw new IllegalArgumentException("not an IPv4 address: " + text);
            }
            bits = bits << 8 | value;
        }
        return new Ipv4(bits);
    }

    static Ipv4 mask(int prefix) {
        return new Ipv4(prefix == 0 ? 0 : -1 << (32 - prefix));
    }

    Ipv4 plus(int count) {
        return new Ipv4(bits + count);
    }

    byte octet(int index) {
        return (byte) (bits >>> (24 - 8 * index));
    }

    @Override
    public String toString() {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }
}
