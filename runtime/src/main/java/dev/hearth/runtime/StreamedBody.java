package dev.hearth.runtime;

import dev.hearth.model.Payload;
import dev.hearth.model.ResponseSink;
import java.io.IOException;

/// One body that is handed on piece by piece as it comes, never waiting for more than the next byte.
final class StreamedBody {
    private static final int PIECE_BYTES = 32 * 1024;

    private final RequestHead head;
    private final ConnectionInput input;
    private final Chunks chunks;
    private final byte[] piece = new byte[PIECE_BYTES];
    /// Bytes of the current chunk, or of the whole body where its length was told, that are still to be read.
    private long left;

    StreamedBody(RequestHead head, ConnectionInput input) {
        this.head = head;
        this.input = input;
        this.chunks = new Chunks(input);
    }

    /// Reads the body and hands it on.
    ///
    /// @param limit the most bytes that are handed on; the rest of a larger body is for [#discard]
    /// @return how it ended
    Answer copy(ResponseSink sink, long limit) throws IOException, MalformedRequest {
        long total = 0;
        for (left = first(); left > 0; left = more()) {
            long fitting = Math.min(left, limit - total);
            pass(sink, fitting);
            total += fitting;
            if (left > 0) {
                return new Answer.TooLarge(total + left, limit);
            }
        }
        return chunks.errorType().isEmpty()
                ? new Answer.Response(Payload.EMPTY)
                : new Answer.Error(chunks.errorType(), new Payload(chunks.error()));
    }

    /// Reads and forgets the rest of what was too large.
    ///
    /// @param most the most bytes to read; more end the connection
    void discard(long most) throws IOException, MalformedRequest {
        for (long total = left; left > 0; total += left) {
            BodyReader.requireAtMost(total, most);
            input.skip(left);
            left = more();
        }
    }

    private long first() throws IOException, MalformedRequest {
        return head.chunked ? chunk() : Math.max(0, head.contentLength);
    }

    /// What follows a part of which all was read.
    private long more() throws IOException, MalformedRequest {
        if (!head.chunked) {
            return 0;
        }
        chunks.end();
        return chunk();
    }

    private long chunk() throws IOException, MalformedRequest {
        long size = chunks.size();
        if (size == 0) {
            chunks.trailers();
        }
        return size;
    }

    private void pass(ResponseSink sink, long bytes) throws IOException {
        for (long passed = 0; passed < bytes; ) {
            int count = input.readSome(piece, (int) Math.min(piece.length, bytes - passed));
            sink.write(piece, 0, count);
            passed += count;
            left -= count;
        }
    }
}
