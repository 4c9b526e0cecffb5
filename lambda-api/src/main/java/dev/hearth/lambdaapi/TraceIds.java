package dev.hearth.lambdaapi;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// X-Ray trace headers.
final class TraceIds {
    private static final HexFormat HEX = HexFormat.of();

    private TraceIds() {}

    /// The caller's trace header when it names a root, else a new one that is not sampled.
    static String of(Optional<String> header, Instant now) {
        return header.filter(value -> value.contains("Root=")).orElseGet(() -> make(now));
    }

    /// `Root=1-SECONDS-24 digits;Parent=16 digits;Sampled=0`
    private static String make(Instant now) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "Root=1-" + HEX.toHexDigits((int) now.getEpochSecond()) + "-" + HEX.toHexDigits(random.nextLong())
                + HEX.toHexDigits(random.nextInt()) + ";Parent=" + HEX.toHexDigits(random.nextLong()) + ";Sampled=0";
    }
}
