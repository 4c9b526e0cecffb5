package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/// The answers of the Runtime API that are the same every time, and how others are made. Bodies are those of AWS's
/// own Runtime API (aws-lambda-runtime-interface-emulator, `lambda/rapi`), its final line feed included.
final class Reply {
    static final Reply ACCEPTED = json(202, "Accepted", "{\"status\":\"OK\"}\n");
    static final Reply SUBSCRIBED = json(200, "OK", "\"OK\"");
    static final Reply PONG = of(200, "OK", "text/plain", "pong");
    static final Reply INVALID_REQUEST_ID = error(400, "Bad Request", "Invalid request ID", "InvalidRequestID");
    static final Reply NOT_FOUND = of(404, "Not Found", "text/plain; charset=utf-8", "404 page not found\n");
    static final Reply METHOD_NOT_ALLOWED = of(405, "Method Not Allowed", "text/plain; charset=utf-8", "");
    static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(UTF_8);

    private final byte[] keepAlive;
    private final byte[] close;

    private Reply(byte[] keepAlive, byte[] close) {
        this.keepAlive = keepAlive;
        this.close = close;
    }

    /// The bytes to send; a buffer of its own for each call.
    ByteBuffer bytes(boolean keepsConnection) {
        return ByteBuffer.wrap(keepsConnection ? keepAlive : close);
    }

    static Reply tooLarge(long limit) {
        return error(
                413,
                "Request Entity Too Large",
                "Exceeded maximum allowed payload size (" + limit + " bytes).",
                "RequestEntityTooLarge");
    }

    /// A request that came at the wrong time.
    static Reply invalidState(RuntimeState from, RuntimeState to) {
        String message = "State transition from " + from.awsName() + " to " + to.awsName()
                + " failed for runtime. Error: State transition is not allowed";
        return error(403, "Forbidden", message, "InvalidStateTransition");
    }

    /// What an extension may not do, in AWS's words.
    static Reply forbidden(String type, String message) {
        String body = "{\"errorMessage\":" + Json.quote(message) + ",\"errorType\":" + Json.quote(type) + "}\n";
        return json(403, "Forbidden", body);
    }

    /// What is not as it should be.
    static Reply badRequest(String type, String message) {
        String body = "{\"errorMessage\":" + Json.quote(message) + ",\"errorType\":" + Json.quote(type) + "}\n";
        return json(400, "Bad Request", body);
    }

    /// AWS's own emulator's answer for an API of AWS's that it does not have: extensions go on without.
    static Reply unsupported(String api) {
        return json(
                202,
                "Accepted",
                "{\"errorMessage\":\"" + api + " API is not supported\",\"errorType\":\"" + api + ".NotSupported\"}");
    }

    /// A JSON document with one more header field.
    static Reply ok(String field, String value, String json) {
        return of(200, "OK", "application/json\r\n" + field + ": " + value, json);
    }

    static Reply malformed(MalformedRequest cause) {
        return error(cause.status, "Refused", String.valueOf(cause.getMessage()), "InvalidRequest");
    }

    private static Reply error(int status, String reason, String message, String type) {
        return json(status, reason, "{\"errorMessage\":\"" + message + "\",\"errorType\":\"" + type + "\"}\n");
    }

    private static Reply json(int status, String reason, String body) {
        return of(status, reason, "application/json", body);
    }

    private static Reply of(int status, String reason, String contentType, String body) {
        String head = "HTTP/1.1 " + status + " " + reason + "\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\n";
        return new Reply(
                (head + "\r\n" + body).getBytes(UTF_8), (head + "Connection: close\r\n\r\n" + body).getBytes(UTF_8));
    }
}
