package dev.hearth.runtime;

/// Limits of one sandbox's Runtime API. They protect Hearth from what a function sends, not functions from Hearth.
///
/// @param responseLimitBytes the largest answer that is handed to a caller; AWS's is 6 MB and 100 bytes
/// @param streamLimitBytes   the largest answer that is streamed; AWS's is 200 MB
/// @param headLimitBytes     the largest request line with its header fields. AWS's clients put a description of an
///                           error of up to 1 MB into a header
/// @param headerLimit        the most header fields of one request
/// @param connectionLimit    the most connections at once; one more is closed at once
public record RuntimeApiConfig(
        int responseLimitBytes, long streamLimitBytes, int headLimitBytes, int headerLimit, int connectionLimit) {
    public static final RuntimeApiConfig DEFAULT =
            new RuntimeApiConfig(6 * 1024 * 1024 + 100, 200L * 1024 * 1024, 1024 * 1024 + 64 * 1024, 100, 128);

    /// The same with another bound on streamed answers.
    public RuntimeApiConfig withStreamLimit(long bytes) {
        return new RuntimeApiConfig(responseLimitBytes, bytes, headLimitBytes, headerLimit, connectionLimit);
    }
}
