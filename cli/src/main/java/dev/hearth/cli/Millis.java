package dev.hearth.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Times in milliseconds, as people and as programs read them.
final class Millis {
    private static final int DIGITS_OF_A_NANO = 6;

    private Millis() {}

    /// Three digits that matter: `0.31`, `4.2`, `184`.
    static String text(long nanos) {
        double millis = nanos / 1e6;
        if (millis < 9.995) {
            return String.format(Locale.ROOT, "%.2f", millis);
        }
        return String.format(Locale.ROOT, millis < 99.95 ? "%.1f" : "%,.0f", millis);
    }

    /// The same, or `-`.
    static String text(OptionalLong nanos) {
        return nanos.isPresent() ? text(nanos.getAsLong()) : "-";
    }

    /// To the microsecond.
    static BigDecimal exact(long nanos) {
        return BigDecimal.valueOf(nanos, DIGITS_OF_A_NANO).setScale(3, RoundingMode.HALF_UP);
    }

    static @Nullable BigDecimal exactOrNull(OptionalLong nanos) {
        return nanos.isPresent() ? exact(nanos.getAsLong()) : null;
    }
}
