package dev.hearth.lambdaapi;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// Request ids, revision ids and trace ids. They must be unique, not secret, so they come from the thread's own
/// generator: a secure one would cost more than the rest of a warm invocation's parsing.
final class RequestIds {
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private RequestIds() {}

    /// A random UUID of version 4.
    static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (random.nextLong() & ~0xF000L) | VERSION_4;
        long low = (random.nextLong() >>> 2) | VARIANT;
        return new UUID(high, low).toString();
    }
}
