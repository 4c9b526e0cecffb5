package dev.hearth.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// One caller on one keep-alive connection: sends a request, reads its answer, checks every byte of the body.
/// Used by the load thread only.
final class Caller implements AutoCloseable {
    private static final int NAME_DIGITS = 10;

    private final RunningTarget target;
    private final Selector selector;
    private final ByteBuffer request;
    private final int nameInRequest;
    private final byte[] answer;
    private final int nameInAnswer;
    private final AnswerReader reader = new AnswerReader();
    private SocketChannel channel;
    private long sentNanos;

    Caller(RunningTarget target, Selector selector) throws IOException {
        this.target = target;
        this.selector = selector;
        String blank = "0".repeat(NAME_DIGITS);
        String body = "{\"name\":\"" + blank + "\"}";
        String head = "POST " + target.target().path() + " HTTP/1.1\r\n"
                + "Host: 127.0.0.1:" + target.port() + "\r\n"
                // Unsigned, for servers that choose the service by the credential's scope.
                + "Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/lambda/aws4_request, "
                + "SignedHeaders=host, Signature=0\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n";
        byte[] bytes = (head + body).getBytes(StandardCharsets.US_ASCII);
        request = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        nameInRequest = head.length() + body.indexOf(blank);
        answer = target.target().answer().formatted(blank).getBytes(StandardCharsets.US_ASCII);
        nameInAnswer = target.target().answer().indexOf("%s");
        channel = connect();
    }

    private SocketChannel connect() throws IOException {
        SocketChannel opened = SocketChannel.open(new InetSocketAddress("127.0.0.1", target.port()));
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        opened.configureBlocking(false);
        opened.register(selector, SelectionKey.OP_READ, this);
        return opened;
    }

    /// Sends the request with a number of its own, so that an answer to another caller is noticed.
    void send(long number) throws IOException {
        for (int i = NAME_DIGITS - 1, rest = (int) (number % 1_000_000_000); i >= 0; i--, rest /= 10) {
            byte digit = (byte) ('0' + rest % 10);
            request.put(nameInRequest + i, digit);
            answer[nameInAnswer + i] = digit;
        }
        reader.reset();
        request.rewind();
        sentNanos = System.nanoTime();
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    /// Takes what has arrived.
    ///
    /// @return nanoseconds from sending to the last byte of the answer, or -1 while more is to come
    long receive() throws IOException {
        int count = channel.read(reader.space());
        if (count < 0) {
            throw new EOFException(target.target().label() + " closed the connection before it answered");
        }
        if (!reader.isComplete()) {
            return -1;
        }
        long nanos = System.nanoTime() - sentNanos;
        reader.check(answer);
        if (reader.closesConnection()) {
            channel.close();
            channel = connect();
        }
        return nanos;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
