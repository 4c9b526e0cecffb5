package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Writes the head of an event, and a small event whole, into an array that is reused. Control characters in values
/// become spaces, so that no value can end its line: JSON allows them between its parts only.
final class EventHead {
    private static final byte[] START =
            ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: ");
    private static final byte[] DEADLINE = ascii("\r\nLambda-Runtime-Deadline-Ms: ");
    private static final byte[] ARN = ascii("\r\nLambda-Runtime-Invoked-Function-Arn: ");
    private static final byte[] TRACE = ascii("\r\nLambda-Runtime-Trace-Id: ");
    private static final byte[] CLIENT = ascii("\r\nLambda-Runtime-Client-Context: ");
    private static final byte[] IDENTITY = ascii("\r\nLambda-Runtime-Cognito-Identity: ");
    private static final byte[] HOOK = ascii("\r\nHearth-Hook: ");
    private static final byte[] FORK = ascii("\r\nHearth-Fork: 1");
    private static final byte[] CLOSE = ascii("\r\nConnection: close");
    private static final byte[] LENGTH = ascii("\r\nContent-Length: ");
    private static final byte[] END = ascii("\r\n\r\n");
    private static final int INLINE_BYTES = 4 * 1024;

    private byte[] bytes = new byte[1024];
    private int size;

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /// Encodes the head of `event`.
    ///
    /// @return true where the payload was small enough to be put behind it
    boolean encode(RuntimeEvent event, boolean closes) {
        size = 0;
        add(START);
        text(event.requestId());
        add(DEADLINE);
        text(Long.toString(event.deadlineEpochMillis()));
        field(ARN, event.invokedArn());
        field(TRACE, event.traceId());
        if (event.clientContext().isPresent()) {
            field(CLIENT, event.clientContext().get());
        }
        if (event.cognitoIdentity().isPresent()) {
            field(IDENTITY, event.cognitoIdentity().get());
        }
        if (event.hook().isPresent()) {
            field(HOOK, event.hook().get().wireName());
        }
        if (event.forks()) {
            add(FORK);
        }
        if (closes) {
            add(CLOSE);
        }
        add(LENGTH);
        text(Integer.toString(event.payload().size()));
        add(END);
        if (event.payload().size() > INLINE_BYTES) {
            return false;
        }
        add(event.payload().bytes());
        return true;
    }

    private void field(byte[] name, String value) {
        if (!value.isEmpty()) {
            add(name);
            text(value);
        }
    }

    private void text(String value) {
        reserve(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                encoded(value.substring(i));
                return;
            }
            bytes[size++] = c < ' ' || c == 0x7f ? (byte) ' ' : (byte) c;
        }
    }

    private void encoded(String value) {
        byte[] utf8 = value.getBytes(UTF_8);
        for (int i = 0; i < utf8.length; i++) {
            if ((utf8[i] >= 0 && utf8[i] < ' ') || utf8[i] == 0x7f) {
                utf8[i] = ' ';
            }
        }
        add(utf8);
    }

    private void add(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
