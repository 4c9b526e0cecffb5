package dev.hearth.server;

import dev.hearth.http.Handler;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.identity.IdentityApi;
import java.io.IOException;

/// The one port: sends each request to the part that answers it.
///
/// | request | part |
/// |---|---|
/// | `/metrics` | metrics |
/// | `/_hearth/code/…` | links to packages that GetFunction gives out |
/// | `/_hearth/…` | Hearth's own API |
/// | `X-Amz-Target: Logs_20140328.…` | CloudWatch Logs |
/// | `POST /` with a form, `GET /?Action=…` | AWS STS and IAM |
/// | anything else | AWS Lambda |
record Edge(Handler lambda, Handler logs, Handler identity, Handler codeDownload, Handler own, Handler metrics)
        implements Handler {
    static final String LOGS_TARGET = "Logs_20140328.";
    private static final String CODE = "/_hearth/code/";
    private static final String OWN = "/_hearth/";

    @Override
    public Response handle(Request request) throws IOException {
        return partFor(request).handle(request);
    }

    private Handler partFor(Request request) {
        String path = request.path();
        // Lambda first: it is the invoke path, and its paths start with a date.
        if (path.startsWith("/20")) {
            return lambda;
        }
        if (path.equals("/metrics")) {
            return metrics;
        }
        if (path.startsWith(CODE)) {
            return codeDownload;
        }
        if (path.startsWith(OWN)) {
            return own;
        }
        boolean toLogs = request.headers()
                .first("X-Amz-Target")
                .filter(target -> target.startsWith(LOGS_TARGET))
                .isPresent();
        if (toLogs) {
            return logs;
        }
        return IdentityApi.isFor(request) ? identity : lambda;
    }
}
