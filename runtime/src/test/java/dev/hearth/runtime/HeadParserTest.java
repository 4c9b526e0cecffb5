package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeadParserTest {
    private static final RuntimeApiConfig CONFIG = new RuntimeApiConfig(1000, 1000, 32 * 1024, 10, 1);

    /// `\r`, `\n` and other escapes are written as such in the tables below.
    private static String unescape(String text) {
        return text.translateEscapes();
    }

    private static RequestHead parse(String text) throws IOException, MalformedRequest {
        RequestHead head = new RequestHead();
        assertThat(parser(text).read(head)).isTrue();
        return head;
    }

    private static HeadParser parser(String text) {
        return new HeadParser(new ConnectionInput(channel(text.getBytes(ISO_8859_1), new Random(0), 10_000)), CONFIG);
    }

    /// Gives its bytes in portions of random size, as a network does.
    private static ReadableByteChannel channel(byte[] bytes, Random random, int most) {
        ReadableByteChannel whole = Channels.newChannel(new ByteArrayInputStream(bytes));
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer target) throws IOException {
                int size = Math.min(target.remaining(), 1 + random.nextInt(most));
                ByteBuffer part = target.slice().limit(size);
                int count = whole.read(part);
                target.position(target.position() + Math.max(count, 0));
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
    }

    @Test
    void readsWhatMatters() throws Exception {
        RequestHead head = parse(Wire.head(
                "POST /a/b?c=d HTTP/1.1",
                "hOsT: x",
                "Content-Length:  12 ",
                "Expect: 100-Continue",
                "Lambda-Runtime-Function-Error-Type: \tSome.Type",
                "Lambda-Runtime-Function-XRay-Error-Cause: {}"));
        assertThat(head.method).isEqualTo("POST");
        assertThat(head.path).isEqualTo("/a/b");
        assertThat(head.contentLength).isEqualTo(12);
        assertThat(head.expectsContinue).isTrue();
        assertThat(head.keepAlive).isTrue();
        assertThat(head.errorType).isEqualTo("Some.Type");
    }

    @Test
    void readsWhatAFunctionTellsOfItself() throws Exception {
        RequestHead head = parse(Wire.head(
                "GET / HTTP/1.1",
                "Host: x",
                "hearth-hooks: 1",
                "Hearth-Runtime-Ready: 12",
                "Hearth-Code-Loaded: 345",
                "Hearth-Handler-Start:999999999999999999",
                "HEARTH-HANDLER-END: 0 "));
        assertThat(head.hasHooks).isTrue();
        assertThat(head.runtimeReady).isEqualTo(12);
        assertThat(head.codeLoaded).isEqualTo(345);
        assertThat(head.handlerStart).isEqualTo(999_999_999_999_999_999L);
        assertThat(head.handlerEnd).isZero();
        head.clear();
        assertThat(head.introduces()).isFalse();
        assertThat(head.handlerStart).isZero();
    }

    @ParameterizedTest
    @CsvSource({"streaming,true", "Streaming,true", "streamings,false", "stream,false", "buffered!,false"})
    void knowsWhoStreams(String mode, boolean streams) throws Exception {
        assertThat(parse(Wire.head("POST / HTTP/1.1", "Host: x", "Lambda-Runtime-Function-Response-Mode: " + mode))
                        .streams)
                .isEqualTo(streams);
    }

    @Test
    void makesTextOfAnotherContentTypeAlone() throws Exception {
        String binary = Wire.head("POST / HTTP/1.1", "Host: x", "Content-Type: application/octet-stream");
        HeadParser parser = parser(
                binary + binary + Wire.head("POST / HTTP/1.1", "Host: x", "Content-Type: Application/octet-stream"));
        RequestHead head = new RequestHead();
        parser.read(head);
        String first = head.contentType;
        assertThat(first).isEqualTo("application/octet-stream");
        parser.read(head);
        assertThat(head.contentType).isSameAs(first);
        parser.read(head);
        assertThat(head.contentType).isEqualTo("Application/octet-stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1.5", "0x10", "12345678901234567890", "1 2", "nan"})
    void timesThatAreNoNumbersAreNone(String value) throws Exception {
        RequestHead head = parse(Wire.head("GET / HTTP/1.1", "Host: x", "Hearth-Handler-Start: " + value));
        assertThat(head.handlerStart).isZero();
    }

    @ParameterizedTest
    @CsvSource({"close,false", "keep-alive,true", "'Upgrade, Close',false", "x,true"})
    void honoursConnectionOptions(String value, boolean keeps) throws Exception {
        assertThat(parse(Wire.head("GET / HTTP/1.1", "Host: x", "Connection: " + value)).keepAlive)
                .isEqualTo(keeps);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\\nHost: x\\r\\n\\r\\n",
                "GET / HTTP/1.1\\r\\nHost: x\\n\\r\\n",
                "\\nGET / HTTP/1.1\\r\\n\\r\\n",
                "\\r\\n\\r\\nGET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
                "GET /\\r\\nHost: x\\r\\n\\r\\n",
                "GET  / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
                " GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
                "GET / HTTP/1.1 \\r\\nHost: x\\r\\n\\r\\n",
                "GET\\t/ HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
                "G(T / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
                "GET a HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
                "GET * HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
                "GET http://x HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
                "GET /\\0 HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
                "GET / HTTP/1.1\\r\\n\\r\\n",
                "GET / HTTP/1.1\\r\\nHost : x\\r\\n\\r\\n",
                "GET / HTTP/1.1\\r\\nHost: x\\r\\n folded\\r\\n\\r\\n",
                "GET / HTTP/1.1\\r\\nHost: x\\r\\nnocolon\\r\\n\\r\\n",
                "GET / HTTP/1.1\\r\\nHost: x\\r\\n: empty\\r\\n\\r\\n",
                "GET / HTTP/1.1\\r\\nHost: x\\r\\na: b\\0c\\r\\n\\r\\n",
                "GET / HTTP/1.1\\r\\nHost: x\\r\\na: b\\rc\\r\\n\\r\\n",
                "GET / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: -1\\r\\n\\r\\n",
                "GET / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: +1\\r\\n\\r\\n",
                "GET / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 1, 1\\r\\n\\r\\n",
                "GET / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length:\\r\\n\\r\\n",
                "GET / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 0x1\\r\\n\\r\\n",
                "GET / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 9999999999999999999\\r\\n\\r\\n",
                "GET / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\n",
                "GET / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n",
                "GET / HTTP/1.0\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n",
            })
    void refusesWhatIsMalformed(String text) {
        assertThat(status(unescape(text))).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "501,'Transfer-Encoding: gzip, chunked'",
        "501,Transfer-Encoding: identity",
        "417,Expect: 200-ok",
    })
    void refusesWhatItCannotDo(int status, String field) {
        assertThat(status(Wire.head("GET / HTTP/1.1", "Host: x", field))).isEqualTo(status);
    }

    @Test
    void refusesOtherProtocols() {
        assertThat(status(Wire.head("GET / HTTP/2.0", "Host: x"))).isEqualTo(505);
        assertThat(status(Wire.head("PRI * HTTP/2.0", "Host: x"))).isEqualTo(400);
    }

    @Test
    void limitsHeadsInSizeAndNumber() throws Exception {
        String room = "x".repeat(CONFIG.headLimitBytes() - 35);
        assertThat(parse("GET / HTTP/1.1\r\nHost: x\r\nLong: " + room + "\r\n\r\n").method)
                .isEqualTo("GET");
        assertThat(status("GET / HTTP/1.1\r\nHost: x\r\nLong: " + room + "x\r\n\r\n"))
                .isEqualTo(431);
        assertThat(status("GET /" + "x".repeat(CONFIG.headLimitBytes()))).isEqualTo(431);
        assertThat(parse("GET / HTTP/1.1\r\nHost: x\r\n" + "a: b\r\n".repeat(9) + "\r\n").method)
                .isEqualTo("GET");
        assertThat(status("GET / HTTP/1.1\r\nHost: x\r\n" + "a: b\r\n".repeat(10) + "\r\n"))
                .isEqualTo(431);
    }

    @Test
    void endOfStreamIsNoErrorBetweenRequestsOnly() throws Exception {
        assertThat(parser("").read(new RequestHead())).isFalse();
        assertThat(catchThrowable(() -> parser("GET / HTT").read(new RequestHead())))
                .isInstanceOf(EOFException.class);
    }

    /// Any sequence of requests is read the same however the network cuts it.
    @Test
    void portionsDoNotMatter() throws Exception {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < 5; i++) {
                request(random, text, expected, i);
            }
            ConnectionInput input = new ConnectionInput(
                    channel(text.toString().getBytes(ISO_8859_1), random, 1 + random.nextInt(9000)));
            HeadParser heads = new HeadParser(input, CONFIG);
            BodyReader bodies = new BodyReader(input);
            RequestHead head = new RequestHead();
            StringBuilder actual = new StringBuilder();
            while (heads.read(head)) {
                actual.append(head.method).append(head.path).append(describe(bodies.read(head, 4000, 20_000)));
            }
            assertThat(actual.toString()).as("seed " + seed).isEqualTo(expected.toString());
        }
    }

    private static void request(Random random, StringBuilder text, StringBuilder expected, int number) {
        String body = "b".repeat(random.nextInt(3) == 0 ? 0 : random.nextInt(6000));
        text.append("POST /p").append(number).append(" HTTP/1.1\r\nHost: x\r\nFill: ");
        text.append("y".repeat(random.nextInt(4) == 0 ? random.nextInt(20_000) : 3))
                .append("\r\n");
        if (random.nextBoolean()) {
            text.append("Content-Length: ")
                    .append(body.length())
                    .append("\r\n\r\n")
                    .append(body);
        } else {
            text.append("Transfer-Encoding: chunked\r\n\r\n");
            for (int at = 0; at < body.length(); ) {
                int size = Math.min(body.length() - at, 1 + random.nextInt(2000));
                text.append(Integer.toHexString(size))
                        .append(random.nextBoolean() ? ";x=y" : "")
                        .append("\r\n");
                text.append(body, at, at + size).append("\r\n");
                at += size;
            }
            text.append("0\r\n\r\n");
        }
        expected.append("POST/p").append(number).append(body.length() > 4000 ? "+" + body.length() : body);
    }

    private static String describe(Body body) {
        return switch (body) {
            case Body.Whole whole -> new String(whole.bytes(), ISO_8859_1);
            case Body.Excess(long bytes) -> "+" + bytes;
        };
    }

    /// Whatever comes in, it is read, refused or cut off; nothing else happens.
    @Test
    void garbageIsRefusedOrRead() {
        byte[] valid =
                "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;a\r\nhello\r\n0\r\nT: v\r\n\r\n"
                        .getBytes(ISO_8859_1);
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = valid.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Throwable thrown = catchThrowable(() -> readAll(bytes, random));
            assertThat(thrown == null || thrown instanceof MalformedRequest || thrown instanceof EOFException)
                    .as("seed " + seed + ": " + thrown)
                    .isTrue();
        }
    }

    private static void readAll(byte[] bytes, Random random) throws IOException, MalformedRequest {
        ConnectionInput input = new ConnectionInput(channel(bytes, random, 50));
        HeadParser heads = new HeadParser(input, CONFIG);
        RequestHead head = new RequestHead();
        while (heads.read(head)) {
            assertThat(new BodyReader(input).read(head, 100, 1000)).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\\r\\n'",
        "'x\\r\\n'",
        "'-1\\r\\n'",
        "'5 x\\r\\nhello!\\r\\n'",
        "'5\\r\\nhello!\\r\\n'",
        "'5\\nhello\\r\\n'",
        "'5:\\r\\nhello\\r\\n'",
        "'fffffffffffff\\r\\n'",
    })
    void refusesMalformedChunks(String chunk) {
        String text = Wire.head("POST / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked") + unescape(chunk);
        Throwable thrown = catchThrowable(() -> readAll(text.getBytes(ISO_8859_1), new Random(1)));
        assertThat(thrown).isInstanceOf(MalformedRequest.class);
    }

    private static int status(String text) {
        Throwable thrown = catchThrowable(() -> parse(text));
        assertThat(thrown).as(text).isInstanceOf(MalformedRequest.class);
        return ((MalformedRequest) thrown).status;
    }
}
