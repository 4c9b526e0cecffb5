package dev.hearth.model;

/// Takes an answer piece by piece while its function writes it, for one caller. Written to by the thread that reads
/// from the function, after the last of [#begin] and [#write] by nobody; the figures may be asked for by any thread.
public interface ResponseSink {
    /// The function begins to answer. Called at most once, before anything is written.
    ///
    /// @param contentType as the function says it; empty where it does not
    void begin(String contentType);

    /// Takes a part of the answer, which may change afterwards; waits where the caller is slower than the function.
    /// Where the caller has gone it is dropped at once: a broken connection does not stop a function, as on AWS.
    void write(byte[] bytes, int offset, int length);

    /// Whether the function has begun to answer here.
    boolean begun();

    /// How much the function has written.
    long writtenBytes();

    /// When its first byte was there, on the monotonic clock; 0 where there was none.
    long firstByteNanos();
}
