package dev.hearth.runtime.java;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The Lambda Runtime API, over one connection that is kept open. For one thread.
final class RuntimeApi {
    private static final String INVOCATION = "/2018-06-01/runtime/invocation/";
    private static final int ACCEPTED = 202;
    private static final int TOO_LARGE = 413;

    private final String address;
    private final HttpConnection connection;
    private final String nextHead;
    private final byte[] nextRequest;
    private String introduction = "";
    private boolean toldOfHooks;

    /// @param address host and port, as in `AWS_LAMBDA_RUNTIME_API`
    RuntimeApi(String address) {
        this.address = address;
        this.connection = new HttpConnection(address);
        this.nextHead = "GET " + INVOCATION + "next HTTP/1.1\r\nHost: " + address + "\r\n";
        this.nextRequest = ascii(nextHead + "\r\n");
    }

    /// To be told with the first [#next()].
    ///
    /// @param readyNanos  when the virtual machine ran our first line
    /// @param loadedNanos when the function's code was loaded
    void introduce(long readyNanos, long loadedNanos) {
        introduction = "Hearth-Runtime-Ready: " + readyNanos + "\r\nHearth-Code-Loaded: " + loadedNanos + "\r\n";
    }

    /// Waits for the next invocation.
    Invocation next() throws IOException {
        Invocation invocation = new Invocation();
        int status = connection.exchange(question(), new byte[0], 0, invocation);
        if (status != 200) {
            throw new IOException("Cannot get the next invocation from " + address + ": it answered with status "
                    + status + "; this process ends.");
        }
        return invocation;
    }

    /// The first one tells how the initialisation went, the first after hooks were registered of them.
    private byte[] question() {
        String fields = introduction;
        introduction = "";
        if (!toldOfHooks && Hooks.areRegistered()) {
            toldOfHooks = true;
            fields += "Hearth-Hooks: 1\r\n";
        }
        return fields.isEmpty() ? nextRequest : ascii(nextHead + fields + "\r\n");
    }

    /// Answers an invocation with the first `length` bytes.
    ///
    /// @param times when the handler ran, as header fields
    void respond(String requestId, String times, byte[] answer, int length) throws IOException {
        int status = post(INVOCATION + requestId + "/response", times, answer, length);
        if (status != ACCEPTED && status != TOO_LARGE) {
            throw refused("response", requestId, status);
        }
        // 413: the service has told the caller that the answer is too large.
    }

    /// Answers an invocation with an error document.
    ///
    /// @param times when the handler ran, as header fields
    void fail(String requestId, String times, byte[] document, String type) throws IOException {
        int status = post(INVOCATION + requestId + "/error", errorType(type) + times, document, document.length);
        if (status != ACCEPTED) {
            throw refused("error", requestId, status);
        }
    }

    /// Says that the function cannot be initialised.
    void initError(byte[] document, String type) throws IOException {
        post("/2018-06-01/runtime/init/error", errorType(type), document, document.length);
    }

    private static String errorType(String type) {
        return "Lambda-Runtime-Function-Error-Type: " + type + "\r\n";
    }

    private int post(String path, String headers, byte[] body, int length) throws IOException {
        String head = "POST " + path + " HTTP/1.1\r\nHost: " + address
                + "\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n" + headers + "\r\n";
        return connection.exchange(ascii(head), body, length, null);
    }

    private IOException refused(String what, String requestId, int status) {
        return new IOException("Cannot post the " + what + " of invocation " + requestId + " to " + address
                + ": it answered with status " + status + "; this process ends.");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
