package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.Handler;
import dev.hearth.http.Response;
import dev.hearth.identity.AccessKey;
import dev.hearth.identity.Callers;
import dev.hearth.identity.KnownKey;
import dev.hearth.identity.SealingKey;
import dev.hearth.identity.Sessions;
import dev.hearth.model.Limits;
import dev.hearth.model.Outcome;
import dev.hearth.model.Payload;
import dev.hearth.model.Scope;
import dev.hearth.model.ThrottleReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Payload format 2.0 both ways, authentication and cross-origin settings of function URLs.
class FunctionUrlServerTest {
    private static final String URL = "/2021-10-31/functions/f/url";

    private final TestApi api = TestApi.ready();
    private final Handler server = server(List.of());

    @BeforeEach
    void aFunction() {
        api.create("f", ", \"Publish\": true");
    }

    private Handler server(List<KnownKey> keys) {
        var scope = new Scope("aws", "us-east-1", "111111111111");
        var callers = new Callers(keys, new Sessions(SealingKey.ephemeral(), api.clock), scope);
        var parts = new LambdaApi.Parts(
                api.catalog,
                api.packages,
                api.engine,
                scope,
                Limits.AWS,
                api.clock,
                api.links,
                Optional.empty(),
                api.events,
                false);
        return new FunctionUrlServer(
                request -> Response.text(299, "another part"), () -> List.of(parts), callers, parts.clock());
    }

    private String create(String settings) {
        return host(api.send("POST", URL, settings));
    }

    private static String host(TestApi.Answer answer) {
        String url = answer.json().get("FunctionUrl").asString();
        return url.substring("http://".length(), url.length() - 1);
    }

    private TestApi.Answer call(String method, String host, String target, Map<String, String> headers, String body) {
        var all = new java.util.TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        all.put("Host", host);
        all.putAll(headers);
        return TestApi.send(server, method, target, all, body.getBytes(StandardCharsets.UTF_8));
    }

    private TestApi.Answer call(String host) {
        return call("GET", host, "/", Map.of(), "");
    }

    private void answering(String json) {
        api.engine.function = invocation -> new Outcome.Succeeded(new Payload(json.getBytes(StandardCharsets.UTF_8)));
    }

    private JsonNode event() {
        return TestApi.MAPPER.readTree(
                api.engine.invocations.getLast().payload().bytes());
    }

    @Test
    void requestBecomesAnEventOfFormatTwo() {
        String host = create("{\"AuthType\": \"NONE\"}");
        call(
                "POST",
                host,
                "/a%20b/c?x=1&x=2&y=%C3%A4+z",
                Map.of("Content-Type", "application/json", "Cookie", "k=v; l=w", "User-Agent", "test", "X-One", "1"),
                "{\"ü\": 1}");

        JsonNode event = event();
        assertThat(event.get("version").asString()).isEqualTo("2.0");
        assertThat(event.get("rawPath").asString()).isEqualTo("/a%20b/c");
        assertThat(event.get("rawQueryString").asString()).isEqualTo("x=1&x=2&y=%C3%A4+z");
        assertThat(event.get("queryStringParameters").toString()).isEqualTo("{\"x\":\"1,2\",\"y\":\"ä z\"}");
        assertThat(event.get("cookies").toString()).isEqualTo("[\"k=v\",\"l=w\"]");
        assertThat(event.get("headers").get("x-one").asString()).isEqualTo("1");
        assertThat(event.get("headers").has("cookie")).isFalse();
        assertThat(event.get("body").asString()).isEqualTo("{\"ü\": 1}");
        assertThat(event.get("isBase64Encoded").asBoolean()).isFalse();
        JsonNode context = event.get("requestContext");
        assertThat(context.get("accountId").asString()).isEqualTo("anonymous");
        assertThat(context.get("http").toString())
                .isEqualTo("{\"method\":\"POST\",\"path\":\"/a%20b/c\",\"protocol\":\"HTTP/1.1\","
                        + "\"sourceIp\":\"127.0.0.1\",\"userAgent\":\"test\"}");
        assertThat(context.get("time").asString()).isEqualTo("02/Jan/2026:03:04:05 +0000");
        assertThat(context.get("requestId").asString())
                .isEqualTo(api.engine.invocations.getLast().requestId());
        assertThat(context.get("domainPrefix").asString()).isEqualTo(host.substring(0, 32));
    }

    @Test
    void bodyThatIsNoTextIsSentInBase64() {
        String host = create("{\"AuthType\": \"NONE\"}");

        call("POST", host, "/", Map.of("Content-Type", "application/octet-stream"), "\u0001\u0002");
        assertThat(event().get("body").asString()).isEqualTo("AQI=");
        assertThat(event().get("isBase64Encoded").asBoolean()).isTrue();

        call("GET", host, "/", Map.of(), "");
        assertThat(event().has("body")).isFalse();
        assertThat(event().has("cookies")).isFalse();
        assertThat(event().has("queryStringParameters")).isFalse();
    }

    @Test
    void answerWithAStatusSaysItAll() {
        String host = create("{\"AuthType\": \"NONE\"}");
        answering("""
                {"statusCode": 201, "headers": {"Content-Type": "text/plain", "X-N": 7, "Content-Length": "99"},
                 "cookies": ["a=1; Secure", "b=2"], "body": "aGk=", "isBase64Encoded": true}""");

        TestApi.Answer answer = call(host);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text()).isEqualTo("hi");
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
        assertThat(answer.header("X-N")).isEqualTo("7");
        assertThat(answer.header("Set-Cookie")).isEqualTo("b=2");
        assertThat(answer.headers()).doesNotContainKey("Content-Length");
    }

    @Test
    void anyOtherJsonIsTheBody() {
        String host = create("{\"AuthType\": \"NONE\"}");

        answering("{\"a\":  [1, 2]}");
        assertThat(call(host).text()).isEqualTo("{\"a\":  [1, 2]}");
        assertThat(call(host).header("Content-Type")).isEqualTo("application/json");
        answering("\"plain \\\"text\\\"\"");
        assertThat(call(host).text()).isEqualTo("plain \"text\"");
        answering("null");
        assertThat(call(host).text()).isEqualTo("null");
    }

    @Test
    void answersThatCannotBeSentAreFailures() {
        String host = create("{\"AuthType\": \"NONE\"}");
        for (String bad : List.of(
                "{\"statusCode\": \"teapot\"}",
                "{\"statusCode\": 99}",
                "{\"statusCode\": 200, \"headers\": {\"A\": \"1\\r\\nB: 2\"}}",
                "{\"statusCode\": 200, \"headers\": {\"A b\": \"1\"}}",
                "{\"statusCode\": 200, \"body\": \"?\", \"isBase64Encoded\": true}")) {
            answering(bad);
            assertThat(call(host).status()).as(bad).isEqualTo(502);
        }
        api.engine.function = invocation -> new Outcome.FunctionFailed("Error", new Payload(new byte[] {'1'}));
        assertThat(call(host).text()).isEqualTo("Internal Server Error");
        api.engine.function = invocation -> new Outcome.Throttled(ThrottleReason.RESERVED_CONCURRENCY);
        assertThat(call(host).status()).isEqualTo(429);
    }

    @Test
    void urlIsReachedByItsPathToo() {
        String id = create("{\"AuthType\": \"NONE\"}").substring(0, 32);

        call("GET", "127.0.0.1:9000", "/_hearth/url/" + id + "/x?y=1", Map.of(), "");
        assertThat(event().get("rawPath").asString()).isEqualTo("/x");
        call("GET", "127.0.0.1:9000", "/_hearth/url/" + id, Map.of(), "");
        assertThat(event().get("rawPath").asString()).isEqualTo("/");
    }

    @Test
    void whatIsNotSentToAUrlIsAnsweredByTheOtherParts() {
        assertThat(call("127.0.0.1:9000").status()).isEqualTo(299);
        assertThat(call("localhost").status()).isEqualTo(299);
    }

    @Test
    void deletedUrlIsNotFound() {
        String host = create("{\"AuthType\": \"NONE\"}");
        assertThat(call(host).status()).isEqualTo(200);
        api.delete(URL);

        assertThat(call(host).status()).isEqualTo(404);
        assertThat(call("a".repeat(32) + host.substring(32)).text()).isEqualTo("{\"Message\":null}");
        assertThat(host(api.send("POST", URL, "{\"AuthType\": \"NONE\"}"))).isNotEqualTo(host);
        assertThat(call(host).status()).isEqualTo(404);
    }

    @Test
    void urlOfAnAliasRunsTheVersionItPointsTo() {
        api.send("POST", "/2015-03-31/functions/f/aliases", "{\"Name\": \"live\", \"FunctionVersion\": \"1\"}");
        String host = host(api.send("POST", URL + "?Qualifier=live", "{\"AuthType\": \"NONE\"}"));
        call(host);

        assertThat(api.engine.invocations.getLast().version().version()).isEqualTo("1");
        assertThat(api.engine.invocations.getLast().invokedArn()).endsWith(":f:live");
    }

    @Test
    void urlWithIamWantsASignature() {
        String host = create("{\"AuthType\": \"AWS_IAM\"}");
        assertThat(call(host).status()).isEqualTo(403);
        assertThat(call(host).text()).isEqualTo("{\"Message\":\"Forbidden\"}");

        var signature = Map.of(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDTEST/20260102/us-east-1/lambda/aws4_request,"
                        + " SignedHeaders=host;x-amz-date, Signature=0",
                "X-Amz-Date",
                "20260102T030405Z");
        assertThat(call("GET", host, "/", signature, "").status()).isEqualTo(200);
        JsonNode context = event().get("requestContext");
        assertThat(context.get("accountId").asString()).isEqualTo("111111111111");
        JsonNode iam = context.get("authorizer").get("iam");
        assertThat(iam.get("accessKey").asString()).isEqualTo("AKIDTEST");
        assertThat(iam.get("accountId").asString()).isEqualTo("111111111111");
        assertThat(iam.get("userArn").asString()).isEqualTo("arn:aws:iam::111111111111:root");
        assertThat(iam.get("userId").asString()).isEqualTo("111111111111");

        Handler checking = server(List.of(new KnownKey(new AccessKey("AKIDTEST", "secret"), "111111111111")));
        var all = new java.util.TreeMap<>(signature);
        all.put("Host", host);
        assertThat(TestApi.send(checking, "GET", "/", all, new byte[0]).status())
                .isEqualTo(403);
    }

    @Test
    void signatureThatCannotBeReadIsRefusedWhereNobodyIsCheckedToo() {
        String host = create("{\"AuthType\": \"AWS_IAM\"}");

        TestApi.Answer answer = call("GET", host, "/", Map.of("Authorization", "AWS4-HMAC-SHA256 nonsense"), "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("IncompleteSignatureException");
        assertThat(api.engine.invocations).isEmpty();
    }

    @Test
    void queryThatCannotBeReadIsRefused() {
        String host = create("{\"AuthType\": \"NONE\"}");
        for (String authType : List.of("NONE", "AWS_IAM")) {
            api.send("PUT", URL, "{\"AuthType\": \"" + authType + "\"}");

            TestApi.Answer answer = call("GET", host, "/?a=%zz", Map.of(), "");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains("%zz");
        }
        assertThat(api.engine.invocations).isEmpty();
    }

    @Test
    void preflightIsAnsweredWithoutTheFunction() {
        String host = create("{\"AuthType\": \"NONE\", \"Cors\": {\"AllowOrigins\": [\"https://a.example\"],"
                + " \"AllowMethods\": [\"PUT\", \"GET\"], \"AllowHeaders\": [\"x-one\"], \"MaxAge\": 60}}");
        Map<String, String> asking = Map.of("Origin", "https://a.example", "Access-Control-Request-Method", "PUT");

        TestApi.Answer answer = call("OPTIONS", host, "/", asking, "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://a.example");
        assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("PUT,GET");
        assertThat(answer.header("Access-Control-Allow-Headers")).isEqualTo("x-one");
        assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("60");
        assertThat(api.engine.invocations).isEmpty();
    }

    @Test
    void corsSettingsStandInPlaceOfTheFunctionsOwnHeaders() {
        String host = create("{\"AuthType\": \"NONE\", \"Cors\": {\"AllowOrigins\": [\"*\"],"
                + " \"AllowCredentials\": true, \"ExposeHeaders\": [\"x-two\"]}}");
        answering("{\"statusCode\": 200, \"headers\": {\"access-control-allow-origin\": \"https://b.example\"}}");

        TestApi.Answer allowed = call("GET", host, "/", Map.of("Origin", "https://a.example"), "");
        assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo("https://a.example");
        assertThat(allowed.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(allowed.header("Access-Control-Expose-Headers")).isEqualTo("x-two");
        assertThat(call(host).headers()).doesNotContainKey("Access-Control-Allow-Origin");
    }

    @Test
    void tooLargeBodyIsRefused() {
        String host = create("{\"AuthType\": \"NONE\"}");

        assertThat(call("POST", host, "/", Map.of(), "x".repeat(6 * 1_048_576 + 1))
                        .status())
                .isEqualTo(413);
    }
}
