package dev.hearth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Sends requests to the server and reads its answers, whole or as they come.
///
/// [HttpURLConnection] rather than `java.net.http`: it starts in a third of the time. Bodies are sent in fixed-length
/// streaming mode, in which it never repeats a POST on its own.
final class HttpConnection {
    private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
    private static final byte[] NOTHING = {};

    private final Endpoint endpoint;
    private final Optional<Signer> signer;

    HttpConnection(Endpoint endpoint, Optional<Signer> signer) {
        this.endpoint = endpoint;
        this.signer = signer;
    }

    /// One answer.
    ///
    /// @param headers the header fields, their names compared without case
    record Answer(int status, Map<String, String> headers, byte[] body) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /// Sends a request and waits for its answer, however long that takes.
    ///
    /// @param target path and query, percent-encoded
    /// @param service the service to sign for, `lambda` or `logs`
    Answer send(String method, String target, String service, Map<String, String> headers, byte[] body) {
        return exchange(method, target, service, headers, body, HttpConnection::read);
    }

    /// Sends a request and has its answer's body read while it comes.
    ///
    /// @param reading reads it; an answer of a refusal it does not get to see
    /// @throws RefusedByServer where the server refused
    <T> T stream(
            String method,
            String target,
            String service,
            Map<String, String> headers,
            byte[] body,
            Reading<T> reading) {
        return exchange(method, target, service, headers, body, connection -> {
            if (connection.getResponseCode() >= 300) {
                throw Answers.error(read(connection));
            }
            try (InputStream in = connection.getInputStream()) {
                return reading.read(new Answer(connection.getResponseCode(), fields(connection), NOTHING), in);
            }
        });
    }

    /// Reads an answer while it comes.
    interface Reading<T> {
        /// @param head the answer without its body
        T read(Answer head, InputStream body) throws IOException;
    }

    private interface Receiving<T> {
        T receive(HttpURLConnection connection) throws IOException;
    }

    private <T> T exchange(
            String method,
            String target,
            String service,
            Map<String, String> headers,
            byte[] body,
            Receiving<T> receiving) {
        try {
            return receiving.receive(sent(method, target, service, headers, body));
        } catch (ConnectException | UnknownHostException | SocketTimeoutException e) {
            throw unreachable(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.SERVER_FAULT,
                    "Hearth at " + endpoint.uri() + " closed the connection during " + method + " " + target + " ("
                            + e.getMessage()
                            + "). Its own log says why; a request that was cut off may have been carried out.",
                    e);
        }
    }

    private HttpURLConnection sent(
            String method, String target, String service, Map<String, String> headers, byte[] body) throws IOException {
        var connection =
                (HttpURLConnection) endpoint.uri().resolve(target).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        connection.setInstanceFollowRedirects(false);
        headers.forEach(connection::setRequestProperty);
        signer.ifPresent(s ->
                s.sign(method, endpoint.uri(), target, service, headers, body).forEach(connection::setRequestProperty));
        if (body.length > 0 || method.equals("POST") || method.equals("PUT")) {
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        return connection;
    }

    private static Answer read(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status < 0) {
            throw new IOException("the answer is not HTTP");
        }
        try (InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            return new Answer(status, fields(connection), in == null ? NOTHING : in.readAllBytes());
        }
    }

    private static Map<String, String> fields(HttpURLConnection connection) {
        var fields = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        connection.getHeaderFields().forEach((name, values) -> {
            if (name != null) {
                fields.put(name, values.getFirst());
            }
        });
        return fields;
    }

    private CommandFailure unreachable(String reason, IOException cause) {
        return new CommandFailure(
                ExitCode.UNREACHABLE,
                "Cannot reach Hearth at " + endpoint.uri() + " (" + reason
                        + "): start it with `hearth up`, or name another endpoint with --endpoint or HEARTH_ENDPOINT.",
                cause);
    }
}
