package dev.hearth.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One HTTP response.
///
/// @param status  the status code
/// @param headers the header fields, in order; `Content-Length` is the server's business
/// @param body    in memory, or written by its maker
public record Response(int status, List<Field> headers, Body body) {

    /// A header field.
    public record Field(String name, String value) {}

    /// What follows the header fields.
    public sealed interface Body {
        /// A body in memory.
        record Bytes(byte[] bytes) implements Body {}

        /// A body that its maker writes while the caller reads; sent in chunks, flushed at each `flush()`, the header
        /// fields with the first. Where its maker throws, the connection is broken off instead of ended.
        record Stream(Writer writer) implements Body {}
    }

    /// Writes a streamed body.
    @FunctionalInterface
    public interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }

    public Response {
        headers = List.copyOf(headers);
    }

    public static Response empty(int status) {
        return new Response(status, List.of(), new Body.Bytes(new byte[0]));
    }

    public static Response of(int status, String contentType, byte[] body) {
        return new Response(status, List.of(new Field("Content-Type", contentType)), new Body.Bytes(body));
    }

    public static Response text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /// The same with one more header field.
    public Response with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(new Field(name, value));
        return new Response(status, more, body);
    }
}
