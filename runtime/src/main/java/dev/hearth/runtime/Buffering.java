package dev.hearth.runtime;

/// When a subscriber gets what was collected for it: whichever of the three is reached first. Limits and defaults are
/// AWS's.
///
/// @param maxItems      as many events
/// @param maxBytes      as many bytes of them
/// @param timeoutMillis as long after the first of them
record Buffering(int maxItems, int maxBytes, int timeoutMillis) {
    static final Buffering DEFAULT = new Buffering(10_000, 256 * 1024, 1_000);

    static final int LEAST_ITEMS = 1_000;
    static final int MOST_ITEMS = 10_000;
    static final int LEAST_BYTES = 256 * 1024;
    static final int MOST_BYTES = 1024 * 1024;
    static final int LEAST_MILLIS = 25;
    static final int MOST_MILLIS = 30_000;
}
