package dev.hearth.sandbox;

/// A range of IPv4 addresses in CIDR form.
///
/// @param prefix how many leading bits are the same
record Subnet(Ipv4 network, int prefix) {
    /// @throws IllegalArgumentException when it is not `a.b.c.d/n` with nothing set behind the prefix
    static Subnet parse(String text) {
        String[] parts = text.split("/");
        if (parts.length != 2) {
            throw new IllegalArgumentException("not a subnet such as 100.127.0.0/16: " + text);
        }
        Ipv4 network = Ipv4.parse(parts[0]);
        int prefix = Integer.parseInt(parts[1]);
        if (prefix < 8 || prefix > 26 || (network.bits() & ~Ipv4.mask(prefix).bits()) != 0) {
            throw new IllegalArgumentException("not a subnet of /8 to /26: " + text);
        }
        return new Subnet(network, prefix);
    }

    /// One of 16 equal parts.
    Subnet sixteenth(int index) {
        int size = 1 << (32 - prefix - 4);
        return new Subnet(network.plus(index * size), prefix + 4);
    }

    /// The host's own address in it.
    Ipv4 gateway() {
        return network.plus(1);
    }

    /// How many there are besides the network's, the gateway's and the broadcast address.
    int addresses() {
        return (1 << (32 - prefix)) - 3;
    }

    /// @param index from 0
    Ipv4 address(int index) {
        return network.plus(2 + index);
    }

    Ipv4 mask() {
        return Ipv4.mask(prefix);
    }

    @Override
    public String toString() {
        return network + "/" + prefix;
    }
}
