package dev.hearth.lambdaapi;

import dev.hearth.http.BodyTooLargeException;
import dev.hearth.http.PercentEncoding;
import dev.hearth.http.Query;
import dev.hearth.http.Request;
import dev.hearth.model.ApiException;
import dev.hearth.model.ByteSize;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.Limits;
import dev.hearth.model.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Parses Invoke, which is the hot path: its route is told by prefix and suffix, and a plain function name needs no
/// pattern.
final class InvokeRequests {
    private static final String PREFIX = "/2015-03-31/functions/";
    private static final String SUFFIX = "/invocations";
    private static final int NAME_MAX = 64;
    private static final int CLIENT_CONTEXT_MAX = 3_583;
    private static final byte[] NO_EVENT = {'{', '}'};

    private InvokeRequests() {}

    /// Whether a request is an Invoke.
    static boolean matches(Request request) {
        String path = request.path();
        return request.method().equals("POST") && path.startsWith(PREFIX) && nameEnd(path) > PREFIX.length();
    }

    /// Parses a request that [#matches].
    static LambdaOperation parse(Request request, Scope scope, Limits limits) throws IOException {
        String path = request.path();
        String raw = path.substring(PREFIX.length(), nameEnd(path));
        Optional<String> qualifier = request.query().isEmpty()
                ? Optional.empty()
                : Query.parse(request.query()).first("Qualifier");
        FunctionRef function = qualifier.isEmpty() && isPlainName(raw)
                ? new FunctionRef(scope.function(raw), Optional.empty())
                : new FunctionNames(scope).namespaced(PercentEncoding.decode(raw), qualifier, new Violations());
        return invoke(request, function, limits);
    }

    /// The table's parser, for a path that the fast test does not know.
    static LambdaOperation parse(Call call) throws IOException {
        return invoke(call.request(), call.qualifiedFunction(), call.limits());
    }

    /// Parses an invocation whose answer is wanted as it is written.
    static LambdaOperation streaming(Call call) throws IOException {
        Request request = call.request();
        String type =
                Call.chosen(request, "X-Amz-Invocation-Type", "invocationType", List.of("RequestResponse", "DryRun"));
        return new LambdaOperation.InvokeWithResponseStream(
                synchronous(request, call.qualifiedFunction(), call.limits(), type));
    }

    private static LambdaOperation invoke(Request request, FunctionRef function, Limits limits) throws IOException {
        String type = Call.chosen(
                request, "X-Amz-Invocation-Type", "invocationType", List.of("Event", "RequestResponse", "DryRun"));
        if (!type.equals("Event")) {
            return synchronous(request, function, limits, type);
        }
        boolean _ = logTail(request); // checked, though there is nobody to get it
        return event(request, function, clientContext(request), limits);
    }

    private static LambdaOperation.Invoke synchronous(Request request, FunctionRef function, Limits limits, String type)
            throws IOException {
        boolean logTail = logTail(request);
        Optional<String> clientContext = clientContext(request);
        byte[] payload = payload(request, limits.requestPayload(), "InvokeFunction");
        return new LambdaOperation.Invoke(
                function,
                type.equals("DryRun"),
                logTail,
                clientContext,
                request.headers().first("X-Amzn-Trace-Id"),
                OriginHeaders.wanted(request.headers()),
                payload,
                request.receivedNanos());
    }

    private static boolean logTail(Request request) {
        return Call.chosen(request, "X-Amz-Log-Type", "logType", List.of("None", "Tail"))
                .equals("Tail");
    }

    private static Optional<String> clientContext(Request request) {
        return request.headers().first("X-Amz-Client-Context").map(InvokeRequests::clientContext);
    }

    /// The older operation that is nothing but asynchronous.
    static LambdaOperation parseAsync(Call call) throws IOException {
        byte[] payload = payload(call.request(), call.limits().asyncPayload(), "InvokeAsync");
        return new LambdaOperation.InvokeAsync(
                call.function(), Optional.empty(), call.request().headers().first("X-Amzn-Trace-Id"), payload);
    }

    private static LambdaOperation event(
            Request request, FunctionRef function, Optional<String> clientContext, Limits limits) throws IOException {
        byte[] payload = payload(request, limits.asyncPayload(), "InvokeFunction");
        return new LambdaOperation.InvokeAsync(
                function, clientContext, request.headers().first("X-Amzn-Trace-Id"), payload);
    }

    /// An Invoke without body is an event without members.
    private static byte[] payload(Request request, ByteSize limit, String operation) throws IOException {
        byte[] payload;
        try {
            payload = request.readBody(limit.bytes());
        } catch (BodyTooLargeException e) {
            throw new ApiException(
                    ErrorCode.REQUEST_ENTITY_TOO_LARGE,
                    "Request must be smaller than " + e.limit() + " bytes for the " + operation + " operation",
                    e);
        }
        if (payload.length == 0) {
            return NO_EVENT;
        }
        PayloadCheck.check(payload);
        return payload;
    }

    private static String clientContext(String base64) {
        if (base64.length() > CLIENT_CONTEXT_MAX) {
            throw clientContextError("it has more than " + CLIENT_CONTEXT_MAX + " bytes", null);
        }
        try {
            byte[] json = Base64.getDecoder().decode(base64);
            PayloadCheck.check(json);
            return new String(json, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw clientContextError("it is not Base64", e);
        } catch (ApiException e) {
            throw clientContextError("it is not JSON", e);
        }
    }

    private static ApiException clientContextError(String found, @org.jspecify.annotations.Nullable Throwable cause) {
        return new ApiException(
                ErrorCode.INVALID_REQUEST_CONTENT,
                "Client context must be a valid Base64-encoded JSON object: " + found + ".",
                cause);
    }

    /// Where the name ends in a path that ends as an Invoke's does, else -1.
    private static int nameEnd(String path) {
        int end = path.endsWith("/") ? path.length() - 1 : path.length();
        int nameEnd = end - SUFFIX.length();
        if (nameEnd <= PREFIX.length() || !path.startsWith(SUFFIX, nameEnd)) {
            return -1;
        }
        return path.indexOf('/', PREFIX.length()) == nameEnd ? nameEnd : -1;
    }

    private static boolean isPlainName(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean plain =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            if (!plain) {
                return false;
            }
        }
        return raw.length() <= NAME_MAX;
    }
}
