package dev.hearth.runtime;

import java.io.IOException;
import java.util.Base64;

/// The chunked transfer coding (RFC 9112, 7.1) around a body's bytes, and the trailers with which a streaming function
/// tells that it failed midway.
final class Chunks {
    private static final int LINE_LIMIT = 8 * 1024;
    private static final int TRAILER_LIMIT = 2 * 1024 * 1024;
    private static final String ERROR_TYPE = "lambda-runtime-function-error-type:";
    private static final String ERROR_BODY = "lambda-runtime-function-error-body:";

    private final ConnectionInput input;
    private String errorType = "";
    private byte[] error = Body.NOTHING;

    Chunks(ConnectionInput input) {
        this.input = input;
    }

    /// Reads how long the next chunk is; 0 for the last one, which [#trailers] follow.
    long size() throws IOException, MalformedRequest {
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

    /// Reads the end of a chunk whose bytes were read.
    void end() throws IOException, MalformedRequest {
        if (!input.readLine(2) || input.lineLength() != 0) {
            throw new MalformedRequest(400, "a chunk is longer than it says");
        }
    }

    /// Reads what follows the last chunk.
    void trailers() throws IOException, MalformedRequest {
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

    /// The error type of the trailers; empty for none.
    String errorType() {
        return errorType;
    }

    /// The error document of the trailers.
    byte[] error() {
        return error;
    }

    /// Forgets the trailers.
    void clear() {
        errorType = "";
        error = Body.NOTHING;
    }
}
