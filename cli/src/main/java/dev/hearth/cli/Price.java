package dev.hearth.cli;

/// What AWS charges, to weigh speed against money.
///
/// On demand, first tier, us-east-1, without the free tier, as of May 2026: <https://aws.amazon.com/lambda/pricing/>.
/// Since August 2025 initialisation is charged as running is.
///
/// @param perGbSecond US dollars for each GB of memory and second
/// @param perMillion  US dollars for a million requests
record Price(double perGbSecond, double perMillion) {
    static final String SOURCE = "https://aws.amazon.com/lambda/pricing/, us-east-1, May 2026";
    private static final double X86_64 = 0.0000166667;
    private static final double ARM64 = 0.0000133334;
    private static final double REQUESTS = 0.20;
    private static final double MB_PER_GB = 1024;
    private static final double NANOS_PER_MILLI = 1e6;

    static Price of(String architecture) {
        return new Price(architecture.equals("arm64") ? ARM64 : X86_64, REQUESTS);
    }

    Price withPerGbSecond(double other) {
        return new Price(other, perMillion);
    }

    /// US dollars for a million calls of that length, each rounded up to a millisecond as AWS does.
    double ofMillionCalls(int memoryMb, long nanos) {
        double billedMillis = Math.max(1, Math.ceil(nanos / NANOS_PER_MILLI));
        return billedMillis / 1000 * memoryMb / MB_PER_GB * perGbSecond * 1_000_000 + perMillion;
    }
}
