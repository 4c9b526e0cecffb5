package dev.hearth.http;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// One HTTP request, its body not read yet.
///
/// @param method   upper case
/// @param path     as sent, percent-encoded, starting with `/`
/// @param query    as sent, without the question mark; empty where there is none
/// @param headers  the header fields
/// @param body     the body; empty where there is none
/// @param contentLength bytes of the body where the caller told, else -1
/// @param receivedNanos monotonic time at which the head of the request was read
public record Request(
        String method,
        String path,
        String query,
        Headers headers,
        InputStream body,
        long contentLength,
        long receivedNanos) {

    /// A request with a body in memory.
    public static Request of(String method, String path, String query, Headers headers, byte[] body) {
        return new Request(method, path, query, headers, new ByteArrayInputStream(body), body.length, 0L);
    }

    /// Reads the whole body.
    ///
    /// @param limit the most bytes that are accepted
    /// @throws BodyTooLargeException when there is more; at most `limit` + 1 bytes have been read then
    public byte[] readBody(long limit) throws IOException {
        if (contentLength > limit) {
            throw new BodyTooLargeException(limit);
        }
        // Told lengths are the rule: reading into an array of that size saves the growing and copying.
        return contentLength >= 0 ? readTold((int) contentLength) : readUntold(limit);
    }

    /// Told lengths are the rule: an array of that size saves the growing and copying.
    private byte[] readTold(int length) throws IOException {
        byte[] bytes = new byte[length];
        int read = body.readNBytes(bytes, 0, length);
        if (read < length) {
            throw new EOFException("the body ended after " + read + " of " + length + " bytes");
        }
        return bytes;
    }

    private byte[] readUntold(long limit) throws IOException {
        byte[] bytes = body.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8L));
        if (bytes.length > limit) {
            throw new BodyTooLargeException(limit);
        }
        return bytes;
    }
}
