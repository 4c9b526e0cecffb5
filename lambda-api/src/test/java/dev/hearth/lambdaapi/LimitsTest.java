package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.Limits;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/// Each limit at it, and one past it.
class LimitsTest {
    private static final String FUNCTION = "/2015-03-31/functions/f";

    private final TestApi api = TestApi.ready();

    private void assertBounds(String member, long min, long max) {
        String more = ", " + member;
        assertThat(api.create("a" + min + member.hashCode(), more.formatted(min))
                        .status())
                .isEqualTo(201);
        assertThat(api.create("b" + max + member.hashCode(), more.formatted(max))
                        .status())
                .isEqualTo(201);
        for (long beyond : new long[] {min - 1, max + 1}) {
            TestApi.Answer answer = api.create("c", more.formatted(beyond));
            assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("ValidationException");
            assertThat(answer.text()).contains("Value '" + beyond + "'");
        }
    }

    @Test
    void timeoutMemoryAndTmp() {
        assertBounds("\"Timeout\": %d", 1, 900);
        assertBounds("\"MemorySize\": %d", 128, 10_240);
        assertBounds("\"EphemeralStorage\": {\"Size\": %d}", 512, 10_240);
    }

    @Test
    void description() {
        String description = ", \"Description\": \"%s\"";

        assertThat(api.create("f", description.formatted("d".repeat(256))).status())
                .isEqualTo(201);
        assertThat(api.create("g", description.formatted("d".repeat(257))).status())
                .isEqualTo(400);
    }

    @Test
    void functionName() {
        assertThat(api.create("f".repeat(64)).status()).isEqualTo(201);
        assertThat(api.create("f".repeat(65)).status()).isEqualTo(400);
    }

    @Test
    void environment() {
        String environment = ", \"Environment\": {\"Variables\": {\"KEY\": \"%s\"}}";
        int braces = "{\"KEY\":\"\"}".length();

        assertThat(api.create("f", environment.formatted("v".repeat(4096 - braces)))
                        .status())
                .isEqualTo(201);
        TestApi.Answer answer = api.create("g", environment.formatted("v".repeat(4097 - braces)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("exceeded the 4KB limit");
    }

    @Test
    void payload() {
        api.create("f");
        byte[] largest = new byte[(int) Limits.AWS.requestPayload().bytes()];
        Arrays.fill(largest, (byte) ' ');
        largest[0] = '1';

        assertThat(api.send("POST", FUNCTION + "/invocations", java.util.Map.of(), largest)
                        .status())
                .isEqualTo(200);
        TestApi.Answer answer = api.send(
                "POST", FUNCTION + "/invocations", java.util.Map.of(), Arrays.copyOf(largest, largest.length + 1));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("RequestEntityTooLargeException");
        assertThat(answer.text())
                .contains("Request must be smaller than 6291456 bytes for the InvokeFunction operation");
    }

    @Test
    void zip() {
        byte[] zip = new byte[(int) Limits.AWS.zipDirect().bytes()];
        zip[0] = 'P';
        zip[1] = 'K';
        api.create("f");

        assertThat(update(zip).status()).isEqualTo(200);
        TestApi.Answer answer = update(Arrays.copyOf(zip, zip.length + 1));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text()).contains("Zipped size must be smaller than 52428800 bytes");
    }

    private TestApi.Answer update(byte[] zip) {
        String body = "{\"ZipFile\": \"" + Base64.getEncoder().encodeToString(zip) + "\"}";
        return api.send("PUT", FUNCTION + "/code", body);
    }

    @Test
    void requestOfCreateFunction() throws Exception {
        InputStream endless = new InputStream() {
            private long left = BodyReader.LIMIT + 1;

            @Override
            public int read() {
                return left-- > 0 ? ' ' : -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                int read = (int) Math.min(length, left);
                Arrays.fill(buffer, offset, offset + read, (byte) ' ');
                left -= read;
                return read == 0 ? -1 : read;
            }
        };
        var request = new dev.hearth.http.Request(
                "POST", "/2015-03-31/functions", "", dev.hearth.http.Headers.NONE, endless, -1, 0);

        var response = api.handler.handle(request);

        assertThat(response.status()).isEqualTo(413);
        assertThat(response.body())
                .isInstanceOfSatisfying(
                        dev.hearth.http.Response.Body.Bytes.class,
                        body -> assertThat(new String(body.bytes(), StandardCharsets.UTF_8))
                                .contains(
                                        "Request must be smaller than 70167211 bytes for the CreateFunction operation"));
    }
}
