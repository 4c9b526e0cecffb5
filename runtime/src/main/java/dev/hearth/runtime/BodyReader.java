package dev.hearth.runtime;

import java.io.IOException;
import java.util.Arrays;

/// Reads request bodies, with a length or in chunks, never keeping more than a limit.
final class BodyReader {
    private final ConnectionInput input;
    private final Chunks chunks;
    private byte[] collected = Body.NOTHING;
    private int collectedBytes;

    BodyReader(ConnectionInput input) {
        this.input = input;
        this.chunks = new Chunks(input);
    }

    /// Reads the body that `head` announces.
    ///
    /// @param keep    the most bytes to keep of it; of a larger one only its size is told
    /// @param discard the most bytes to read at all; a larger body ends the connection
    Body read(RequestHead head, int keep, long discard) throws IOException, MalformedRequest {
        if (head.chunked) {
            return chunks(keep, discard);
        }
        if (head.contentLength <= 0) {
            return Body.EMPTY;
        }
        if (head.contentLength > keep) {
            requireAtMost(head.contentLength, discard);
            input.skip(head.contentLength);
            return new Body.Excess(head.contentLength);
        }
        byte[] bytes = new byte[(int) head.contentLength];
        input.readFully(bytes, 0, bytes.length);
        return new Body.Whole(bytes, "", Body.NOTHING);
    }

    private Body chunks(int keep, long discard) throws IOException, MalformedRequest {
        long total = 0;
        for (long size = chunks.size(); size > 0; size = chunks.size()) {
            total += size;
            requireAtMost(total, discard);
            if (total > keep) {
                collected = Body.NOTHING;
                input.skip(size);
            } else {
                collect((int) size, keep);
            }
            chunks.end();
        }
        chunks.trailers();
        return finish(total, keep);
    }

    private Body finish(long total, int keep) {
        Body body = total > keep
                ? new Body.Excess(total)
                : new Body.Whole(Arrays.copyOf(collected, collectedBytes), chunks.errorType(), chunks.error());
        collected = Body.NOTHING;
        collectedBytes = 0;
        chunks.clear();
        return body;
    }

    private void collect(int size, int keep) throws IOException {
        int needed = collectedBytes + size;
        if (needed > collected.length) {
            collected = Arrays.copyOf(collected, (int) Math.min(keep, Math.max(needed, collected.length * 2L)));
        }
        input.readFully(collected, collectedBytes, size);
        collectedBytes = needed;
    }

    static void requireAtMost(long bytes, long limit) throws MalformedRequest {
        if (bytes > limit) {
            throw new MalformedRequest(413, "the body exceeds " + limit + " bytes");
        }
    }
}
