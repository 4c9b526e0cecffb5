package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.cli.WireConnection.WireAnswer;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Answers as servers may write them.
@Timeout(120)
class WireConnectionIT {
    private static final byte[] REQUEST = "POST / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void answersOfEachKindFollowEachOtherOnOneConnection() throws IOException {
        answering(
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Hearth-Origin: thaw\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n10;x=y\r\n0123456789abcdef\r\n0\r\nT: 1\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 429 Too Many\r\ncontent-length: 2\r\nConnection: close\r\n\r\n{}");
        try (WireConnection connection = open()) {
            WireAnswer first = connection.exchange(REQUEST);
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.header("x-hearth-origin")).contains("thaw");
            assertThat(connection.exchange(REQUEST).status()).isEqualTo(200);
            assertThat(connection.exchange(REQUEST).status()).isEqualTo(204);
            assertThat(connection.isReusable()).isTrue();
            assertThat(connection.exchange(REQUEST).status()).isEqualTo(429);
            assertThat(connection.isReusable()).isFalse();
        }
    }

    @Test
    void bodyWithoutLengthEndsWithTheConnection() throws IOException {
        answering("HTTP/1.1 200 OK\r\n\r\nto the end");
        try (WireConnection connection = open()) {
            assertThat(connection.exchange(REQUEST).status()).isEqualTo(200);
            assertThat(connection.isReusable()).isFalse();
        }
    }

    @Test
    void connectionThatBreaksIsNoAnswerAndNotUsedAgain() throws IOException {
        answering("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nonly this");
        try (WireConnection connection = open()) {
            assertThatThrownBy(() -> connection.exchange(REQUEST)).isInstanceOf(EOFException.class);
            assertThat(connection.isReusable()).isFalse();
        }
    }

    @Test
    void whatIsNotHttpIsNamed() throws IOException {
        answering("SSH-2.0-OpenSSH\r\n");
        try (WireConnection connection = open()) {
            assertThatThrownBy(() -> connection.exchange(REQUEST)).hasMessageContaining("SSH-2.0-OpenSSH");
        }
    }

    @Test
    void answerThatDoesNotComeEndsTheWait() throws IOException {
        try (WireConnection connection = WireConnection.open(endpoint(), Duration.ofMillis(20))) {
            assertThatThrownBy(() -> connection.exchange(REQUEST)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private WireConnection open() throws IOException {
        return WireConnection.open(endpoint(), Duration.ofSeconds(60));
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /// One answer for each request, then the end.
    private void answering(String... answers) {
        Thread.ofVirtual().start(() -> {
            try (Socket peer = server.accept()) {
                for (String answer : answers) {
                    peer.getInputStream().readNBytes(REQUEST.length);
                    peer.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                // The test has ended.
            }
        });
    }
}
