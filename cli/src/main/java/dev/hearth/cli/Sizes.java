package dev.hearth.cli;

import java.util.Locale;

/// Numbers of bytes as people read them.
final class Sizes {
    private Sizes() {}

    static String readable(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f KB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
