package dev.hearth.cli;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// One keep-alive connection of HTTP/1.1 for measuring: sends a request in one piece, reads its answer, repeats
/// nothing, and takes a tenth of the processor time of the JDK's clients, which would be the server's. Used by one
/// thread at a time.
final class WireConnection implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int LONGEST_LINE = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private boolean reusable = true;

    private WireConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    }

    /// An answer, its body read and dropped.
    record WireAnswer(int status, Map<String, String> headers) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /// @param timeout the longest wait for more of an answer
    static WireConnection open(URI endpoint, Duration timeout) throws IOException {
        boolean secure = "https".equals(endpoint.getScheme());
        int byDefault = secure ? 443 : 80;
        int port = endpoint.getPort() < 0 ? byDefault : endpoint.getPort();
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, timeout.toMillis()));
            socket.connect(new InetSocketAddress(endpoint.getHost(), port), CONNECT_TIMEOUT_MILLIS);
            return new WireConnection(secure ? secured(socket, endpoint.getHost(), port) : socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket secured(Socket plain, String host, int port) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var secure = (SSLSocket) factory.createSocket(plain, host, port, true);
        var parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    /// Sends a request and waits for its answer. After an exception the connection is of no use any more.
    ///
    /// @param request head and body
    WireAnswer exchange(byte[] request) throws IOException {
        reusable = false;
        socket.getOutputStream().write(request);
        String statusLine = line();
        if (statusLine.length() < 12 || !statusLine.startsWith("HTTP/1.1 ")) {
            throw new IOException("the answer is not HTTP/1.1: " + statusLine);
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        Map<String, String> headers = headers();
        boolean delimited = skipBody(status, headers);
        reusable = delimited && !"close".equalsIgnoreCase(headers.get("connection"));
        return new WireAnswer(status, headers);
    }

    /// Whether another request can be sent.
    boolean isReusable() {
        return reusable;
    }

    private Map<String, String> headers() throws IOException {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    /// @return whether the body's end was told, rather than the connection's
    private boolean skipBody(int status, Map<String, String> headers) throws IOException {
        String length = headers.get("content-length");
        String encoding = headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT);
        if (status == 204 || status == 304) {
            return true;
        }
        if (encoding.equals("chunked")) {
            skipChunks();
            return true;
        }
        if (length != null) {
            in.skipNBytes(Long.parseLong(length));
            return true;
        }
        in.transferTo(java.io.OutputStream.nullOutputStream());
        return false;
    }

    private void skipChunks() throws IOException {
        while (true) {
            long size = Long.parseLong(line().split(";", 2)[0].strip(), 16);
            if (size == 0) {
                headers();
                return;
            }
            in.skipNBytes(size);
            line();
        }
    }

    private String line() throws IOException {
        byte[] bytes = new byte[128];
        int length = 0;
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (length == LONGEST_LINE) {
                throw new IOException("a line of the answer's head is longer than " + LONGEST_LINE + " bytes");
            }
            if (length == bytes.length) {
                bytes = java.util.Arrays.copyOf(bytes, length * 2);
            }
            bytes[length++] = (byte) b;
        }
        int end = length > 0 && bytes[length - 1] == '\r' ? length - 1 : length;
        return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is given up in any case.
        }
    }
}
