package dev.hearth.server;

import dev.hearth.http.Handler;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.telemetry.Metrics;
import java.io.IOException;

/// Counts requests that are answered with an error, by AWS's name for it.
record CountErrors(Handler next, Metrics metrics) implements Handler {
    private static final int FIRST_ERROR = 400;

    @Override
    public Response handle(Request request) throws IOException {
        Response response = next.handle(request);
        if (response.status() >= FIRST_ERROR) {
            metrics.apiError(errorType(response));
        }
        return response;
    }

    private static String errorType(Response response) {
        return response.headers().stream()
                .filter(field -> field.name().equalsIgnoreCase("x-amzn-ErrorType"))
                .map(Response.Field::value)
                .findFirst()
                .orElse("other");
    }
}
