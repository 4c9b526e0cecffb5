package dev.hearth.runtime;

/// A request's line and header fields as far as the Runtime API looks at them; one object per connection, filled
/// anew for each request.
final class RequestHead {
    static final long NO_LENGTH = -1;
    static final String JSON = "application/json";

    String method = "";
    /// Without query.
    String path = "";
    boolean http10;
    boolean hasHost;
    boolean chunked;
    boolean keepAlive;
    boolean expectsContinue;
    long contentLength;
    /// `Lambda-Runtime-Function-Error-Type`, empty where absent.
    String errorType = "";
    /// `Content-Type`, empty where absent.
    String contentType = "";
    /// `Lambda-Runtime-Function-Response-Mode` is `streaming`.
    boolean streams;
    /// `Lambda-Extension-Name`; here and below empty where absent.
    String extensionName = "";
    /// `Lambda-Extension-Identifier`.
    String extensionId = "";
    /// `Lambda-Extension-Accept-Feature`.
    String acceptFeature = "";
    /// `Lambda-Extension-Function-Error-Type`.
    String extensionErrorType = "";
    /// `Hearth-Hooks`, whatever its value.
    boolean hasHooks;
    /// `Hearth-Runtime-Ready`; here and below 0 where absent or no number.
    long runtimeReady;
    /// `Hearth-Code-Loaded`.
    long codeLoaded;
    /// `Hearth-Handler-Start`.
    long handlerStart;
    /// `Hearth-Handler-End`.
    long handlerEnd;

    void clear() {
        method = "";
        path = "";
        http10 = false;
        hasHost = false;
        chunked = false;
        keepAlive = true;
        expectsContinue = false;
        contentLength = NO_LENGTH;
        errorType = "";
        contentType = "";
        streams = false;
        extensionName = "";
        extensionId = "";
        acceptFeature = "";
        extensionErrorType = "";
        hasHooks = false;
        runtimeReady = 0;
        codeLoaded = 0;
        handlerStart = 0;
        handlerEnd = 0;
    }

    /// Whether it says something of the function that is remembered.
    boolean introduces() {
        return hasHooks || runtimeReady != 0 || codeLoaded != 0;
    }

    /// Whether the body is an answer to pass on as it comes, where its caller wants that: AWS's client for Go says
    /// nothing but that it is in chunks, which is its way of sending JSON too.
    boolean isStream() {
        return streams || (chunked && !contentType.equals(JSON));
    }

    boolean hasBody() {
        return chunked || contentLength > 0;
    }
}
