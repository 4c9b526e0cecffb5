package dev.hearth.sandbox;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A network interface in the calling thread's network namespace, set up by netdevice(7)'s calls: a sandbox then needs
/// no program for it.
///
/// @param name at most 15 characters
record NetworkInterface(String name) {
    static final NetworkInterface LOOPBACK = new NetworkInterface("lo");

    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;

    private static final long SIOCADDRT = 0x890B;
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final long SIOCSIFADDR = 0x8916;
    private static final long SIOCSIFNETMASK = 0x891C;
    private static final short IFF_UP = 1;
    private static final short RTF_UP_GATEWAY = 1 | 2;

    /// `struct ifreq`: name, then a flag word or an address.
    private static final long IFREQ_BYTES = 40;
    private static final long IFREQ_VALUE = 16;

    /// `struct rtentry`, 64 bits
    private static final long ROUTE_BYTES = 120;
    private static final long ROUTE_DESTINATION = 8;
    private static final long ROUTE_GATEWAY = 24;
    private static final long ROUTE_MASK = 40;
    private static final long ROUTE_FLAGS = 56;

    /// Address in `struct sockaddr_in`, after family and port.
    private static final long SOCKADDR_ADDRESS = 4;

    /// With it the kernel gives `lo` its addresses.
    void up() throws IOException {
        request(SIOCSIFFLAGS, value -> value.set(JAVA_SHORT, 0, IFF_UP));
    }

    void address(Ipv4 address, Ipv4 mask) throws IOException {
        request(SIOCSIFADDR, value -> put(value, address));
        request(SIOCSIFNETMASK, value -> put(value, mask));
    }

    /// Everything without a route of its own goes there.
    static void defaultRoute(Ipv4 gateway) throws IOException {
        call(SIOCADDRT, ROUTE_BYTES, route -> {
            put(route.asSlice(ROUTE_DESTINATION), new Ipv4(0));
            put(route.asSlice(ROUTE_MASK), new Ipv4(0));
            put(route.asSlice(ROUTE_GATEWAY), gateway);
            route.set(JAVA_SHORT, ROUTE_FLAGS, RTF_UP_GATEWAY);
        });
    }

    private void request(long request, Fill value) throws IOException {
        call(request, IFREQ_BYTES, segment -> {
            segment.setString(0, name);
            value.into(segment.asSlice(IFREQ_VALUE));
        });
    }

    private static void put(MemorySegment sockaddr, Ipv4 address) {
        sockaddr.set(JAVA_SHORT, 0, (short) AF_INET);
        for (int i = 0; i < 4; i++) {
            sockaddr.set(JAVA_BYTE, SOCKADDR_ADDRESS + i, address.octet(i));
        }
    }

    private static void call(long request, long bytes, Fill fill) throws IOException {
        int socket = Native.socket(AF_INET, SOCK_DGRAM_CLOEXEC);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment argument = arena.allocate(bytes, 8);
            fill.into(argument);
            Native.ioctl(socket, request, argument);
        } finally {
            Native.close(socket);
        }
    }

    @FunctionalInterface
    private interface Fill {
        void into(MemorySegment segment);
    }
}
