package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;

/// Events as arrays of JSON, each a request. A small HTTP/1.1 client of our own, because the socket is one of the
/// sandbox's network; the connection is kept as long as the listener says how long its answers are.
final class HttpDelivery implements Delivery {
    private static final int HEAD_BYTES = 8 * 1024;
    private static final int BODY_BYTES = 1024 * 1024;
    private static final int CLIENT_ERROR = 400;

    private final SandboxConnection connection;
    private final Destination.Http destination;

    HttpDelivery(SandboxConnection connection, Destination.Http destination) {
        this.connection = connection;
        this.destination = destination;
    }

    @Override
    public void send(List<byte[]> events) throws IOException {
        byte[] request = request(events);
        int status = connection.isOpen() ? exchangeAgain(request) : exchange(request);
        if (status >= CLIENT_ERROR) {
            throw new IOException("the listener answered " + status);
        }
    }

    /// On a connection that was used before, which the listener may have given up.
    private int exchangeAgain(byte[] request) throws IOException {
        try {
            return exchange(request);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return exchange(request);
        }
    }

    private byte[] request(List<byte[]> events) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] event : events) {
            body.write(body.size() == 0 ? '[' : ',');
            body.writeBytes(event);
        }
        body.write(']');
        String head = destination.method() + " " + destination.path() + " HTTP/1.1\r\nHost: " + destination.host() + ":"
                + destination.port() + "\r\nContent-Type: application/json\r\nContent-Length: " + body.size()
                + "\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + body.size());
        request.writeBytes(head.getBytes(ISO_8859_1));
        request.writeBytes(body.toByteArray());
        return request.toByteArray();
    }

    private int exchange(byte[] request) throws IOException {
        connection.open();
        boolean kept = false;
        try {
            connection.write(request);
            InputStream in = new BufferedInputStream(connection.input(), HEAD_BYTES);
            String head = head(in);
            kept = isKept(head) && skipBody(head, in);
            return status(head);
        } finally {
            if (!kept) {
                connection.lose();
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!endsWithEmptyLine(head)) {
            int b = in.read();
            if (b < 0 || head.length() == HEAD_BYTES) {
                throw new EOFException("the listener did not answer in HTTP");
            }
            head.append((char) b);
        }
        return head.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean endsWithEmptyLine(StringBuilder head) {
        int length = head.length();
        return length >= 4 && head.substring(length - 4).equals("\r\n\r\n");
    }

    private static int status(String head) throws IOException {
        if (!head.matches("(?s)http/1\\.[01] [1-5]\\d\\d.*")) {
            throw new IOException("the listener did not answer in HTTP");
        }
        return Integer.parseInt(head.substring(9, 12));
    }

    private static boolean isKept(String head) {
        return head.startsWith("http/1.1") && !head.contains("\r\nconnection: close");
    }

    /// @return false where its end is not known beforehand, or far away
    private static boolean skipBody(String head, InputStream in) throws IOException {
        int field = head.indexOf("\r\ncontent-length:");
        if (field < 0) {
            return status(head) == 204;
        }
        int from = field + "\r\ncontent-length:".length();
        String length = head.substring(from, head.indexOf('\r', from)).strip();
        if (!length.matches("\\d{1,7}") || Integer.parseInt(length) > BODY_BYTES) {
            return false;
        }
        in.skipNBytes(Integer.parseInt(length));
        return true;
    }

    @Override
    public void close() {
        connection.close();
    }
}
