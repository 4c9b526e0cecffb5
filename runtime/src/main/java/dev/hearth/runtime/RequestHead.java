package dev.hearth.runtime;

/// A request's line and header fields as far as the Runtime API looks at them; one object per connection, filled
/// anew for each request.
final class RequestHead {
    static final long NO_LENGTH = -1;

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
    }

    boolean hasBody() {
        return chunked || contentLength > 0;
    }
}
