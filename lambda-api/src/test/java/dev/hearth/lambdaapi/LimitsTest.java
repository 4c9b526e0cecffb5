package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.ByteSize;
import dev.hearth.model.Limits;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    private static void assertInvalid(TestApi.Answer answer, String message) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("InvalidParameterValueException");
        assertThat(answer.json().get("message").asString()).isEqualTo(message);
    }

    private static void assertViolation(TestApi.Answer answer, String constraint) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("ValidationException");
        assertThat(answer.json().get("message").asString()).endsWith(constraint);
    }

    /// A JSON array of texts.
    private static String texts(int count, String text) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "\"" + text.formatted(i) + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private TestApi.Answer publishLayer(TestApi to, String name, String more) {
        return to.send(
                "POST",
                "/2018-10-31/layers/" + name + "/versions",
                "{\"Content\": {\"ZipFile\": \"" + TestApi.zip("one") + "\"}" + more + "}");
    }

    @Test
    void layersOfAFunction() {
        for (int i = 1; i <= 6; i++) {
            publishLayer(api, "l" + i, "");
        }
        String arn = "arn:aws:lambda:us-east-1:111111111111:layer:l%d:1";

        assertThat(api.create("f", ", \"Layers\": " + texts(5, arn)).status()).isEqualTo(201);
        assertInvalid(api.create("g", ", \"Layers\": " + texts(6, arn)), "Cannot reference more than 5 layers.");
    }

    @Test
    void membersOfALayer() {
        assertThat(publishLayer(api, "l".repeat(140), "").status()).isEqualTo(201);
        assertViolation(publishLayer(api, "l".repeat(141), ""), "Member must have length less than or equal to 140");
        String license = ", \"LicenseInfo\": \"%s\"";
        assertThat(publishLayer(api, "l", license.formatted("x".repeat(512))).status())
                .isEqualTo(201);
        assertViolation(
                publishLayer(api, "l", license.formatted("x".repeat(513))),
                "Member must have length less than or equal to 512");
        String runtimes = ", \"CompatibleRuntimes\": ";
        assertThat(publishLayer(api, "l", runtimes + texts(15, "python3.12")).status())
                .isEqualTo(201);
        assertViolation(
                publishLayer(api, "l", runtimes + texts(16, "python3.12")),
                "Member must have length less than or equal to 15");
    }

    @Test
    void codeCombinedWithLayers() {
        long packed = TestApi.zipBytes("one").length;
        TestApi exact = TestApi.limited(Limits.AWS.withCode(ByteSize.ofBytes(3 * packed), Limits.AWS.codeStorage()));
        for (int i = 1; i <= 3; i++) {
            publishLayer(exact, "l" + i, "");
        }
        String arn = "arn:aws:lambda:us-east-1:111111111111:layer:l%d:1";
        String message =
                "Function code combined with layers exceeds the maximum allowed size of %d bytes. The actual size is %d bytes."
                        .formatted(3 * packed, 4 * packed);

        assertThat(exact.create("f", ", \"Layers\": " + texts(2, arn)).status()).isEqualTo(201);
        assertInvalid(exact.create("g", ", \"Layers\": " + texts(3, arn)), message);
        assertInvalid(exact.send("PUT", FUNCTION + "/configuration", "{\"Layers\": " + texts(3, arn) + "}"), message);
        TestApi.Answer larger =
                exact.send("PUT", FUNCTION + "/code", "{\"ZipFile\": \"" + TestApi.zip("one more") + "\"}");
        assertThat(larger.status()).isEqualTo(400);
        assertThat(larger.text()).contains("Function code combined with layers exceeds the maximum allowed size");
    }

    @Test
    void storageOfAllCode() {
        long packed = TestApi.zipBytes("one").length;
        TestApi small = TestApi.limited(Limits.AWS.withCode(Limits.AWS.codeUnpacked(), ByteSize.ofBytes(3 * packed)));
        String versions = FUNCTION + "/versions";

        assertThat(small.create("f").status()).isEqualTo(201);
        assertThat(small.send("POST", versions, "{}").status()).isEqualTo(201);
        assertThat(publishLayer(small, "l", "").status()).isEqualTo(201);
        for (TestApi.Answer answer : List.of(
                small.create("g"),
                publishLayer(small, "l", ""),
                small.send("PUT", FUNCTION + "/code", "{\"ZipFile\": \"" + TestApi.zip("one more") + "\"}"))) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("CodeStorageExceededException");
            assertThat(answer.json().get("message").asString()).isEqualTo("Code storage limit exceeded.");
        }
        assertThat(small.get("/2015-03-31/functions/g").status()).isEqualTo(404);
        assertThat(small.get("/2016-08-19/account-settings")
                        .json()
                        .get("AccountLimit")
                        .get("TotalCodeSize")
                        .asLong())
                .isEqualTo(3 * packed);
        small.delete(FUNCTION + "?Qualifier=1");
        assertThat(small.create("g").status()).isEqualTo(201);
    }

    @Test
    void tagsOfAFunction() {
        String tags = IntStream.rangeClosed(1, 50)
                .mapToObj(i -> "\"k" + i + "\": \"v\"")
                .collect(Collectors.joining(", "));

        assertThat(api.create("f", ", \"Tags\": {" + tags + "}").status()).isEqualTo(201);
        assertInvalid(
                api.create("g", ", \"Tags\": {" + tags + ", \"k51\": \"v\"}"),
                "Number of tags exceeds resource tag limit.");
        String one = ", \"Tags\": {\"%s\": \"%s\"}";
        assertThat(api.create("h", one.formatted("k".repeat(128), "v".repeat(256)))
                        .status())
                .isEqualTo(201);
        assertViolation(
                api.create("i", one.formatted("k".repeat(129), "v")),
                "Member must have length less than or equal to 128");
        assertViolation(
                api.create("i", one.formatted("k", "v".repeat(257))),
                "Member must have length less than or equal to 256");
    }

    @Test
    void networkOfAFunction() {
        String vpc = ", \"VpcConfig\": {\"SubnetIds\": %s, \"SecurityGroupIds\": %s}";

        assertThat(api.create("f", vpc.formatted(texts(16, "subnet-%d"), texts(5, "sg-%d")))
                        .status())
                .isEqualTo(201);
        assertViolation(
                api.create("g", vpc.formatted(texts(17, "subnet-%d"), texts(5, "sg-%d"))),
                "Member must have length less than or equal to 16");
        assertViolation(
                api.create("g", vpc.formatted(texts(16, "subnet-%d"), texts(6, "sg-%d"))),
                "Member must have length less than or equal to 5");
    }

    @Test
    void aliasNameAndDescription() {
        api.create("f", ", \"Publish\": true");
        String alias = "{\"Name\": \"%s\", \"FunctionVersion\": \"1\", \"Description\": \"%s\"}";

        assertThat(api.send("POST", FUNCTION + "/aliases", alias.formatted("a".repeat(128), "d".repeat(256)))
                        .status())
                .isEqualTo(201);
        assertViolation(
                api.send("POST", FUNCTION + "/aliases", alias.formatted("a".repeat(129), "")),
                "Member must have length less than or equal to 128");
        assertViolation(
                api.send("POST", FUNCTION + "/aliases", alias.formatted("b", "d".repeat(257))),
                "Member must have length less than or equal to 256");
    }

    @Test
    void handler() {
        String body = "{\"Handler\": \"%s\"}";
        api.create("f");

        assertThat(api.send("PUT", FUNCTION + "/configuration", body.formatted("h".repeat(128)))
                        .status())
                .isEqualTo(200);
        assertViolation(
                api.send("PUT", FUNCTION + "/configuration", body.formatted("h".repeat(129))),
                "Member must have length less than or equal to 128");
    }

    @Test
    void reservedConcurrencyLeavesAHundred() {
        api.create("f");
        String concurrency = "{\"ReservedConcurrentExecutions\": %d}";

        assertThat(api.send("PUT", "/2017-10-31/functions/f/concurrency", concurrency.formatted(900))
                        .status())
                .isEqualTo(200);
        assertInvalid(
                api.send("PUT", "/2017-10-31/functions/f/concurrency", concurrency.formatted(901)),
                "Specified ReservedConcurrentExecutions for function decreases account's"
                        + " UnreservedConcurrentExecution below its minimum value of [100].");
    }

    @Test
    void pagesOfLists() {
        api.create("f");

        assertThat(api.get("/2015-03-31/functions?MaxItems=10000").status()).isEqualTo(200);
        assertViolation(
                api.get("/2015-03-31/functions?MaxItems=10001"), "Member must have value less than or equal to 10000");
        assertViolation(
                api.get("/2015-03-31/functions?MaxItems=0"), "Member must have value greater than or equal to 1");
        assertThat(api.get("/2018-10-31/layers?MaxItems=50").status()).isEqualTo(200);
        assertViolation(api.get("/2018-10-31/layers?MaxItems=51"), "Member must have value less than or equal to 50");
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
