package dev.hearth.runtime.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The Runtime API's connection against answers as a server may send them.
@SuppressWarnings("StringConcatToTextBlock") // the line ends are what is tested
class HttpConnectionIT {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket server;
    private RuntimeApi api;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        api = new RuntimeApi("127.0.0.1:" + server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    /// Accepts one connection and answers one request after the other with these texts, then closes.
    private Future<Integer> serve(String... answers) {
        return threads.submit(() -> {
            int served = 0;
            try (Socket socket = server.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                for (String answer : answers) {
                    readRequest(in);
                    OutputStream out = socket.getOutputStream();
                    for (byte b : answer.getBytes(StandardCharsets.UTF_8)) {
                        out.write(b); // one byte a packet: the reader must not rely on more
                        out.flush();
                    }
                    served++;
                }
            }
            return served;
        });
    }

    private static void readRequest(BufferedReader in) throws IOException {
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        for (int i = 0; i < length; i++) {
            in.read();
        }
    }

    private static final String NEXT =
            "HTTP/1.1 200 OK\r\nlambda-runtime-aws-request-id: r1\r\nContent-Length: 3\r\n\r\nab\n";

    @Test
    void severalRequestsShareAConnection() throws Exception {
        Future<Integer> served = serve(NEXT, "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n", NEXT);
        assertThat(api.next().requestId).isEqualTo("r1");
        api.respond("r1", "", new byte[200_000], 200_000);
        assertThat(api.next().event).isEqualTo("ab\n".getBytes(StandardCharsets.UTF_8));
        assertThat(served.get()).isEqualTo(3);
    }

    @Test
    void chunkedAnswersAreJoined() throws Exception {
        Future<Integer> served =
                serve("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nLambda-Runtime-Aws-Request-Id: r1\r\n\r\n"
                        + "4;extension=1\r\n{\"a\"\r\nA\r\n:123456789\r\n1\r\n}\r\n0\r\nTrailer: x\r\n\r\n");
        assertThat(api.next().event).asString().isEqualTo("{\"a\":123456789}");
        assertThat(served.get()).isEqualTo(1);
    }

    @Test
    void connectionThatTheServiceClosedWhileIdleIsOpenedAgain() throws Exception {
        Future<Integer> first = serve(NEXT);
        api.next();
        first.get();
        Future<Integer> second = serve("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
        api.respond("r1", "", new byte[] {'1'}, 1);
        assertThat(second.get()).isEqualTo(1);
    }

    @Test
    void connectionIsClosedWhenTheServiceSaysSo() throws Exception {
        Future<Integer> first = serve(NEXT.replace("Content-Length", "Connection: close\r\nContent-Length"));
        api.next();
        first.get();
        Future<Integer> second = serve(NEXT);
        assertThat(api.next().requestId).isEqualTo("r1");
        assertThat(second.get()).isEqualTo(1);
    }

    @Test
    void answerThatBreaksOffIsAnError() throws Exception {
        Future<Integer> served = serve(NEXT.substring(0, NEXT.length() - 1));
        assertThatThrownBy(api::next).hasMessageContaining("closed the connection amid an answer");
        assertThat(served.get()).isEqualTo(1);
    }

    @Test
    void otherStatusIsAnErrorThatNamesIt() throws Exception {
        Future<Integer> served = serve("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n");
        assertThatThrownBy(api::next).hasMessageContaining("it answered with status 500");
        assertThat(served.get()).isEqualTo(1);
    }

    @Test
    void otherProtocolIsAnError() throws Exception {
        Future<Integer> served = serve("SSH-2.0-OpenSSH_9.2\r\n");
        assertThatThrownBy(api::next).hasMessageContaining("got: SSH-2.0-OpenSSH_9.2");
        assertThat(served.get()).isEqualTo(1);
    }
}
