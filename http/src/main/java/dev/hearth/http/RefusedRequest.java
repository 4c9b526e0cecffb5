package dev.hearth.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import org.jspecify.annotations.Nullable;

/// Answers what cannot be read as a request: Helidon's status, and the reason as text. Without it the body is empty.
final class RefusedRequest implements DirectHandler {
    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType event,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String reason) {
        // Helidon keeps some reasons to itself and refers to a log that is not written.
        String text = reason == null || reason.isBlank() || reason.startsWith("Bad request, see")
                ? "The request is not valid HTTP/1.1: " + status.reasonPhrase()
                : printable(reason);
        return TransportResponse.builder()
                .status(status)
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .entity(text + "\n")
                .build();
    }

    /// Reasons quote the request, which may hold anything and be long.
    private static String printable(String reason) {
        String start = reason.length() <= 200 ? reason : reason.substring(0, 200) + "…";
        return start.replaceAll("\\p{Cntrl}+", " ");
    }
}
