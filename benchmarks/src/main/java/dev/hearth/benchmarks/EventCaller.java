package dev.hearth.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// One caller on one keep-alive connection that sends events and waits until each is accepted.
final class EventCaller implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final String head;

    EventCaller(int port, String function) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        in = new BufferedInputStream(socket.getInputStream(), 4_096);
        head = "POST /2015-03-31/functions/" + function + "/invocations HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nX-Amz-Invocation-Type: Event\r\nContent-Type: application/json\r\nContent-Length: ";
    }

    /// @throws WrongAnswerException when the answer is another than 202 without a body
    void send(byte[] event) throws IOException {
        byte[] start = (head + event.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] request = java.util.Arrays.copyOf(start, start.length + event.length);
        System.arraycopy(event, 0, request, start.length, event.length);
        socket.getOutputStream().write(request);
        String status = line();
        boolean empty = false;
        for (String field = line(); !field.isEmpty(); field = line()) {
            empty |= field.equalsIgnoreCase("content-length: 0");
        }
        if (!status.startsWith("HTTP/1.1 202 ") || !empty) {
            throw new WrongAnswerException("an event was answered with '" + status + "'");
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
