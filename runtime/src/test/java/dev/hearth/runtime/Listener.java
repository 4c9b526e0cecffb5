package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A subscriber's listener, for HTTP or for lines; keeps what it was sent.
final class Listener implements AutoCloseable {
    private static final Pattern TYPE = Pattern.compile("\"type\":\"(\\w+(\\.\\w+)?)\"");

    final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    final AtomicInteger connections = new AtomicInteger();
    final BlockingQueue<String> requestLines = new LinkedBlockingQueue<>();
    /// What it answers, without its body.
    volatile String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final ServerSocket socket;
    private final boolean http;

    Listener(boolean http) throws IOException {
        this.http = http;
        this.socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                Thread.startVirtualThread(() -> serve(connection));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
            while (http ? request(in, connection) : line(in)) {
                // all work is in the condition
            }
        } catch (IOException e) {
            // the subscription has ended
        }
    }

    private boolean line(BufferedReader in) throws IOException {
        String line = in.readLine();
        return line != null && received.add(line);
    }

    /// The test's events are ASCII: a character is a byte.
    private boolean request(BufferedReader in, Socket connection) throws IOException {
        String first = in.readLine();
        if (first == null) {
            return false;
        }
        int length = 0;
        for (String field = in.readLine(); !field.isEmpty(); field = in.readLine()) {
            if (field.startsWith("Content-Length: ")) {
                length = Integer.parseInt(field.substring("Content-Length: ".length()));
            }
        }
        char[] body = new char[length];
        for (int at = 0; at < length; ) {
            at += in.read(body, at, length - at);
        }
        String now = answer;
        connection.getOutputStream().write(now.getBytes(ISO_8859_1));
        requestLines.add(first);
        if (now.contains(" 200 ")) {
            received.add(new String(body));
        }
        return !now.contains("Connection: close");
    }

    /// What comes until an event of that type has.
    List<String> until(String type) throws InterruptedException {
        List<String> got = new ArrayList<>();
        while (got.stream().noneMatch(each -> each.contains("\"type\":\"" + type + "\""))) {
            String next = received.poll(30, TimeUnit.SECONDS);
            got.add(Objects.requireNonNull(next, () -> "no event of type " + type + " after " + got));
        }
        return got;
    }

    /// The types of events, in order.
    static List<String> types(List<String> received) {
        List<String> types = new ArrayList<>();
        for (String each : received) {
            Matcher matcher = TYPE.matcher(each);
            while (matcher.find()) {
                if (!matcher.group(1).startsWith("X")) {
                    types.add(matcher.group(1));
                }
            }
        }
        return types;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
