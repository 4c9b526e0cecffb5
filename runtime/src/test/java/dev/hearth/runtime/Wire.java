package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A function's side of a connection, byte by byte.
final class Wire implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;

    record Response(int status, Map<String, String> headers, byte[] bytes) {
        String body() {
            return new String(bytes, ISO_8859_1);
        }

        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    Wire(InetSocketAddress address) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(address, 60_000);
        socket.setSoTimeout(60_000);
        in = new java.io.BufferedInputStream(socket.getInputStream());
    }

    Wire send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /// The lines of a request's head, and the empty one that ends it.
    static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    Wire next() throws IOException {
        return next("");
    }

    /// @param fields each with its line end
    Wire next(String fields) throws IOException {
        return send("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
    }

    Wire respond(String id, String body) throws IOException {
        return post("/2018-06-01/runtime/invocation/" + id + "/response", "", body);
    }

    Wire post(String path, String fields, String body) throws IOException {
        return send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n" + fields
                + "\r\n" + body);
    }

    Response read() throws IOException {
        String line = line();
        int status = Integer.parseInt(line.substring(9, 12));
        Map<String, String> headers = new TreeMap<>();
        for (String field = line(); !field.isEmpty(); field = line()) {
            int colon = field.indexOf(':');
            headers.put(
                    field.substring(0, colon).toLowerCase(Locale.ROOT),
                    field.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Response(status, headers, body);
    }

    boolean atEnd() throws IOException {
        return in.read() < 0;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("after '" + line + "'");
            }
            line.append((char) b);
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
