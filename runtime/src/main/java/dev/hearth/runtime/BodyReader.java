package dev.hearth.runtime;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;

/// Reads request bodies, with a length or in chunks, never keeping more than a limit.
final class BodyReader {
    private static final int LINE_LIMIT = 8 * 1024;
    private static final int TRAILER_LIMIT = 2 * 1024 * 1024;
    private static final String ERROR_TYPE = "lambda-runtime-function-error-type:";
    private static final String ERROR_BODY = "lambda-runtime-function-error-body:";

    private final ConnectionInput input;
    private byte[] collected = Body.NOTHING;
    private int collectedBytes;
    private String errorType = "";
    private byte[] error = Body.NOTHING;

    BodyReader(ConnectionInput input) {
        this.input = input;
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
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            total += size;
            requireAtMost(total, discard);
            if (total > keep) {
                collected = Body.NOTHING;
                input.skip(size);
            } else {
                collect((int) size, keep);
            }
            if (!input.readLine(2) || input.lineLength() != 0) {
                throw new MalformedRequest(400, "a chunk is longer than it says");
            }
        }
        trailers();
        return finish(total, keep);
    }

    private Body finish(long total, int keep) {
        Body body = total > keep
                ? new Body.Excess(total)
                : new Body.Whole(Arrays.copyOf(collected, collectedBytes), errorType, error);
        collected = Body.NOTHING;
        collectedBytes = 0;
        errorType = "";
        error = Body.NOTHING;
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

    private long chunkSize() throws IOException, MalformedRequest {
        if (!input.readLine(LINE_LIMIT)) {
            throw new MalformedRequest(400, "a chunk extension is too long");
        }
        long size = 0;
        int digits = 0;
        while (digits < input.lineLength() && Character.digit(input.lineAt(digits), 16) >= 0) {
            size = size * 16 + Character.digit(input.lineAt(digits++), 16);
            if (digits > 12) {
                throw new MalformedRequest(400, "a chunk is too large");
            }
        }
        if (digits == 0 || (digits < input.lineLength() && !isExtension(input.lineAt(digits)))) {
            throw new MalformedRequest(400, "a chunk size is not a number");
        }
        return size;
    }

    private static boolean isExtension(int b) {
        return b == ';' || b == ' ' || b == '\t';
    }

    private void trailers() throws IOException, MalformedRequest {
        int budget = TRAILER_LIMIT;
        while (true) {
            if (!input.readLine(budget)) {
                throw new MalformedRequest(431, "the trailer fields exceed " + TRAILER_LIMIT + " bytes");
            }
            if (input.lineLength() == 0) {
                return;
            }
            budget -= input.lineLength() + 2;
            trailer(input.text(0, input.lineLength()));
        }
    }

    private void trailer(String line) {
        if (line.regionMatches(true, 0, ERROR_TYPE, 0, ERROR_TYPE.length())) {
            errorType = line.substring(ERROR_TYPE.length()).strip();
        } else if (line.regionMatches(true, 0, ERROR_BODY, 0, ERROR_BODY.length())) {
            error = decode(line.substring(ERROR_BODY.length()).strip());
        }
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return Body.NOTHING; // the type alone still tells the caller that the function failed
        }
    }

    private static void requireAtMost(long bytes, long limit) throws MalformedRequest {
        if (bytes > limit) {
            throw new MalformedRequest(413, "the body exceeds " + limit + " bytes");
        }
    }
}
