package dev.hearth.runtime.java;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// As much of an HTTP/1.1 client as the Runtime API needs: one request at a time over one socket, which
/// is opened again when the service has closed it. The JDK's own clients would cost many times the classes.
final class HttpConnection {
    private static final int MAX_HEAD_BYTES = 1 << 20;
    private static final int ONE_WRITE_BYTES = 1 << 16;

    private final String host;
    private final int port;
    private @Nullable Socket socket;
    private byte[] buffer = new byte[8192];
    private int position;
    private int limit;
    private boolean answering;

    HttpConnection(String address) {
        int colon = address.lastIndexOf(':');
        this.host = colon < 0 ? address : address.substring(0, colon);
        this.port = colon < 0 ? 80 : Integer.parseInt(address.substring(colon + 1));
    }

    /// Sends a request and reads the answer.
    ///
    /// @param head   request line and headers with the empty line
    /// @param body   sent after the head, its first `length` bytes
    /// @param target takes the answer's headers and body; null to drop them
    /// @return the status
    int exchange(byte[] head, byte[] body, int length, @Nullable Invocation target) throws IOException {
        Socket current = socket;
        if (current != null) {
            try {
                send(current, head, body, length);
                return receive(current, target);
            } catch (IOException e) {
                if (answering) {
                    throw e; // it broke amid the answer
                }
                close(current); // it was closed while it was idle: once more over a new one
            }
        }
        current = connect();
        send(current, head, body, length);
        return receive(current, target);
    }

    private Socket connect() throws IOException {
        try {
            Socket opened = new Socket(host, port);
            opened.setTcpNoDelay(true);
            socket = opened;
            return opened;
        } catch (IOException e) {
            throw new IOException(
                    "Cannot reach the Runtime API at " + host + ":" + port + ": " + e.getMessage()
                            + "; it is AWS_LAMBDA_RUNTIME_API of this process.",
                    e);
        }
    }

    private void close(Socket old) throws IOException {
        socket = null;
        old.close();
    }

    private void send(Socket to, byte[] head, byte[] body, int length) throws IOException {
        answering = false;
        position = 0;
        limit = 0;
        if (length == 0) {
            to.getOutputStream().write(head);
        } else if (length <= ONE_WRITE_BYTES) {
            byte[] request = Arrays.copyOf(head, head.length + length);
            System.arraycopy(body, 0, request, head.length, length);
            to.getOutputStream().write(request);
        } else {
            to.getOutputStream().write(head);
            to.getOutputStream().write(body, 0, length);
        }
    }

    private int receive(Socket from, @Nullable Invocation target) throws IOException {
        InputStream in = from.getInputStream();
        String statusLine = line(in);
        int space = statusLine.indexOf(' ');
        if (!statusLine.startsWith("HTTP/1.") || space < 0 || statusLine.length() < space + 4) {
            throw new IOException("Expected an HTTP/1.1 answer from " + host + ":" + port + ", got: " + statusLine);
        }
        int status = Integer.parseInt(statusLine.substring(space + 1, space + 4));
        int length = -1;
        boolean chunked = false;
        boolean keep = true;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            if (colon < 0) {
                continue;
            }
            String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = header.substring(colon + 1).trim();
            switch (name) {
                case "content-length":
                    length = Integer.parseInt(value);
                    break;
                case "transfer-encoding":
                    chunked = true;
                    break;
                case "connection":
                    keep = !value.equalsIgnoreCase("close");
                    break;
                default:
                    if (target != null) {
                        target.header(name, value);
                    }
            }
        }
        byte[] content = chunked ? chunks(in) : bytes(in, Math.max(0, length));
        if (target != null) {
            target.event = content;
        }
        if (!keep || (length < 0 && !chunked && status != 204)) {
            close(from);
        }
        return status;
    }

    private byte[] chunks(InputStream in) throws IOException {
        byte[] content = new byte[0];
        while (true) {
            String size = line(in);
            int extension = size.indexOf(';');
            int length = Integer.parseInt(
                    extension < 0 ? size.trim() : size.substring(0, extension).trim(), 16);
            if (length == 0) {
                while (!line(in).isEmpty()) {
                    // trailers say nothing we need
                }
                return content;
            }
            byte[] chunk = bytes(in, length);
            int end = content.length;
            content = Arrays.copyOf(content, end + length);
            System.arraycopy(chunk, 0, content, end, length);
            line(in);
        }
    }

    private byte[] bytes(InputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        int done = Math.min(length, limit - position);
        System.arraycopy(buffer, position, bytes, 0, done);
        position += done;
        while (done < length) {
            int read = in.read(bytes, done, length - done);
            if (read < 0) {
                throw ended();
            }
            done += read;
        }
        return bytes;
    }

    /// The next line without its end.
    private String line(InputStream in) throws IOException {
        if (position == limit) {
            position = 0;
            limit = 0;
        }
        int start = position;
        while (true) {
            for (int i = position; i < limit; i++) {
                if (buffer[i] == '\n') {
                    position = i + 1;
                    int end = i > start && buffer[i - 1] == '\r' ? i - 1 : i;
                    return new String(buffer, start, end - start, StandardCharsets.UTF_8);
                }
            }
            position = limit;
            fill(in);
        }
    }

    private void fill(InputStream in) throws IOException {
        if (limit == buffer.length) {
            if (limit >= MAX_HEAD_BYTES) {
                throw new IOException("The head of an answer from " + host + ":" + port + " is longer than 1 MiB");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
            throw ended();
        }
        limit += read;
        answering = true;
    }

    private EOFException ended() {
        return new EOFException("The Runtime API at " + host + ":" + port + " closed the connection amid an answer");
    }
}
