package dev.hearth.lambdaapi;

import dev.hearth.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// What a function answered to a request for its URL as an HTTP response: an object with `statusCode` says it all, any
/// other JSON is the body of a 200.
final class UrlAnswer {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\x80-\\xff\\t]*");

    /// The server's own business.
    private static final Set<String> NOT_THE_FUNCTIONS =
            Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "trailer");

    /// What AWS's runtimes say of a stream of which nothing is known.
    static final String STREAM_TYPE = "application/octet-stream";

    private static final Response.Body NO_BODY = new Response.Body.Bytes(new byte[0]);

    /// Answers after which HTTP has no body, whatever the function says.
    private static final Set<Integer> BODILESS = Set.of(204, 205, 304);

    private UrlAnswer() {}

    static Response of(byte[] payload) {
        Optional<Fields> object = object(payload);
        if (object.isPresent() && object.get().has("statusCode")) {
            return described(object.get()).orElseGet(UrlAnswer::failed);
        }
        return Response.of(200, Json.CONTENT_TYPE, text(payload).orElse(payload));
    }

    /// What a function sends ahead of a streamed body: the status, 200 where it names none, with header fields and
    /// cookies. Empty where it cannot be sent.
    ///
    /// @param body of statuses that have one
    static Optional<Response> of(byte[] prelude, Response.Body body) {
        return BodyReader.parse(prelude).flatMap(fields -> {
            try {
                int status = fields.has("statusCode") ? status(fields) : 200;
                Response.Body allowed = BODILESS.contains(status) ? NO_BODY : body;
                return checked(new Response(status, headers(fields, STREAM_TYPE), allowed));
            } catch (dev.hearth.model.ApiException | IllegalArgumentException wrongType) {
                return Optional.empty(); // answered as AWS does: as a failed function
            }
        });
    }

    /// The function failed: what went wrong is in its log, not for who called.
    static Response failed() {
        return Response.text(502, "Internal Server Error");
    }

    static Response message(int status, @Nullable String message) {
        return Json.response(status, out -> {
            if (message == null) {
                out.writeNullProperty("Message");
            } else {
                out.writeStringProperty("Message", message);
            }
        });
    }

    /// Empty where it cannot be sent: a status that is none, a header with line breaks, a body that is not Base64.
    private static Optional<Response> described(Fields answer) {
        try {
            int status = status(answer);
            List<Response.Field> headers = headers(answer, Json.CONTENT_TYPE);
            byte[] body = BODILESS.contains(status) ? new byte[0] : body(answer);
            return checked(new Response(status, headers, new Response.Body.Bytes(body)));
        } catch (dev.hearth.model.ApiException | IllegalArgumentException wrongType) {
            return Optional.empty(); // answered as AWS does: as a failed function
        }
    }

    /// Empty where it cannot be sent.
    static Optional<Response> checked(Response answer) {
        boolean valid = answer.status() >= 200
                && answer.status() <= 599
                && answer.headers().stream().allMatch(UrlAnswer::canBeSent);
        return valid ? Optional.of(answer) : Optional.empty();
    }

    private static int status(Fields answer) {
        boolean written = answer.members().get("statusCode") instanceof String;
        return written
                ? Integer.parseInt(answer.string("statusCode").orElseThrow())
                : answer.integer("statusCode").orElseThrow();
    }

    /// @param type where the function names none
    private static List<Response.Field> headers(Fields answer, String type) {
        var headers = new ArrayList<Response.Field>();
        boolean typed = false;
        for (var header : answer.object("headers").orElse(Fields.NONE).members().entrySet()) {
            String lower = header.getKey().toLowerCase(Locale.ROOT);
            typed |= lower.equals("content-type");
            if (!NOT_THE_FUNCTIONS.contains(lower)) {
                headers.add(new Response.Field(header.getKey(), String.valueOf(header.getValue())));
            }
        }
        if (!typed) {
            headers.addFirst(new Response.Field("Content-Type", type));
        }
        answer.strings("cookies")
                .orElse(List.of())
                .forEach(cookie -> headers.add(new Response.Field("Set-Cookie", cookie)));
        return headers;
    }

    private static boolean canBeSent(Response.Field header) {
        return TOKEN.matcher(header.name()).matches()
                && VALUE.matcher(header.value()).matches();
    }

    private static byte[] body(Fields answer) {
        if (!(answer.members().get("body") instanceof String)) {
            return answer.object("body")
                    .map(object ->
                            Json.object(out -> object.members().forEach((name, value) -> Json.write(out, name, value))))
                    .orElse(new byte[0]);
        }
        String body = answer.string("body").orElseThrow();
        return answer.flag("isBase64Encoded")
                ? Base64.getDecoder().decode(body)
                : body.getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<Fields> object(byte[] payload) {
        int start = 0;
        while (start < payload.length && payload[start] <= ' ') {
            start++;
        }
        boolean object = start < payload.length && payload[start] == '{';
        return object ? BodyReader.parse(payload) : Optional.empty();
    }

    /// A JSON string is sent as what it says.
    private static Optional<byte[]> text(byte[] payload) {
        if (payload.length < 2 || payload[0] != '"') {
            return Optional.empty();
        }
        try (var parser = Json.FACTORY.createParser(tools.jackson.core.ObjectReadContext.empty(), payload)) {
            parser.nextToken();
            return Optional.of(parser.getString().getBytes(StandardCharsets.UTF_8));
        } catch (JacksonException notJson) {
            return Optional.empty(); // sent as it is
        }
    }
}
