package dev.hearth.lambdaapi;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.core.JsonGenerator;

/// The forms in which AWS writes times, in UTC; which one is a matter of the operation.
final class Times {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'+0000'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ZULU =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    /// `2026-03-04T05:06:07.891+0000`: functions, layers, code signing configurations.
    static String millis(Instant time) {
        return MILLIS.format(time);
    }

    /// `2026-03-04T05:06:07+0000`: provisioned concurrency.
    static String seconds(Instant time) {
        return SECONDS.format(time);
    }

    /// `2026-03-04T05:06:07.891000Z`: function URLs.
    static String zulu(Instant time) {
        return ZULU.format(time);
    }

    /// A number of seconds, to the millisecond: event invoke configurations and event source mappings.
    static void writeEpoch(JsonGenerator out, String member, Instant time) {
        out.writeNumberProperty(member, BigDecimal.valueOf(time.toEpochMilli(), 3));
    }
}
