package dev.hearth.lambdaapi;

import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.model.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a function streams to a caller of its URL, as an HTTP response. A stream of the type [#WITH_PRELUDE] starts
/// with a JSON object that has `statusCode`, `headers` and `cookies`, then eight bytes 0, then the body; any other is
/// the body of a 200.
///
/// A function that fails midway has sent a status already: the connection is broken off, so that nobody takes what came
/// for all there is.
final class UrlStream {
    static final String WITH_PRELUDE = "application/vnd.awslambda.http-integration-response";

    /// Header fields of that size no client reads.
    private static final int PRELUDE_LIMIT = 256 * 1024;

    private static final int SEPARATOR_BYTES = 8;

    private final StreamedAnswer answer;
    private final String contentType;
    /// Read with the prelude.
    private byte[] start = new byte[0];

    UrlStream(StreamedAnswer answer, String contentType) {
        this.answer = answer;
        this.contentType = contentType;
    }

    /// Waits for the prelude, where there is one.
    Response response(Request request) {
        Optional<Response> head = head();
        boolean streams = head.isPresent()
                && head.get().body() instanceof Response.Body.Stream
                && !request.method().equals("HEAD");
        if (!streams) {
            answer.abandon();
        }
        return head.map(response -> streams ? response : bodiless(response)).orElseGet(UrlAnswer::failed);
    }

    private static Response bodiless(Response response) {
        return new Response(response.status(), response.headers(), new Response.Body.Bytes(new byte[0]));
    }

    private Optional<Response> head() {
        var body = new Response.Body.Stream(this::write);
        if (contentType.startsWith(WITH_PRELUDE)) {
            return prelude().flatMap(json -> UrlAnswer.of(json, body));
        }
        String type = contentType.isEmpty() ? UrlAnswer.STREAM_TYPE : contentType;
        return UrlAnswer.checked(new Response(200, List.of(new Response.Field("Content-Type", type)), body));
    }

    /// Empty where the stream ended before its prelude did, or that is too long.
    private Optional<byte[]> prelude() {
        var read = new ByteArrayOutputStream();
        int zeros = 0;
        for (byte[] part = answer.read(); part.length > 0; part = answer.read()) {
            for (int i = 0; i < part.length; i++) {
                zeros = part[i] == 0 ? zeros + 1 : 0;
                if (zeros == SEPARATOR_BYTES) {
                    read.write(part, 0, i + 1);
                    start = Arrays.copyOfRange(part, i + 1, part.length);
                    return Optional.of(Arrays.copyOf(read.toByteArray(), read.size() - SEPARATOR_BYTES));
                }
            }
            read.writeBytes(part);
            if (read.size() > PRELUDE_LIMIT) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private void write(OutputStream out) throws IOException {
        try {
            for (byte[] part = start.length > 0 ? start : answer.read(); part.length > 0; part = answer.read()) {
                out.write(part);
                out.flush();
            }
        } finally {
            answer.abandon(); // where the caller has left, however that shows, nobody reads the rest
        }
        if (!(answer.report().outcome() instanceof Outcome.Succeeded)) {
            throw new IOException("the function failed in the middle of its answer");
        }
    }
}
