package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.Query;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a caller sends is at worst the caller's fault: never a 500.
class MalformedRequestTest {
    private static final long SEED = 20_261_121L;
    private static final int ROUNDS = 150;
    private static final byte[] NASTY = {0, '"', '{', '}', '[', ']', ',', ':', '%', '/', '?', '-', '9', (byte) 0xff};

    private final TestApi api = TestApi.ready();
    private final Random random = new Random(SEED);

    private String value(String parameter) {
        return switch (parameter) {
            case "{FunctionName}" -> "f";
            case "{VersionNumber}" -> "1";
            case "{Resource}" -> "arn%3Aaws%3Alambda%3Aus-east-1%3A111111111111%3Afunction%3Af";
            default -> "name";
        };
    }

    private String target(Route route) {
        var path = new StringBuilder();
        for (String segment : route.segments()) {
            path.append('/').append(segment.startsWith("{") ? value(segment) : segment);
        }
        return path + "?" + (route.marker().isEmpty() ? "Qualifier=1&MaxItems=3&tagKeys=a" : route.marker());
    }

    private static String body(String operation) {
        String settings = """
                "Runtime": "python3.12", "Role": "%s", "Handler": "h", "Environment": {"Variables": {"AB": "c"}},
                "Layers": ["arn:aws:lambda:us-east-1:111111111111:layer:utils:1"], "Timeout": 3, "Architectures": ["x86_64"],
                "VpcConfig": {"SubnetIds": ["s"]}, "LoggingConfig": {"LogFormat": "JSON"}, "RevisionId": "r"
                """.formatted(TestApi.ROLE);
        return switch (operation) {
            case "CreateFunction" ->
                "{\"FunctionName\": \"g\", \"Code\": {\"ZipFile\": \"" + TestApi.zip("one") + "\"}, " + settings + "}";
            case "CreateAlias", "UpdateAlias" ->
                "{\"Name\": \"live\", \"FunctionVersion\": \"1\", \"RoutingConfig\": {\"AdditionalVersionWeights\": {\"2\": 0.5}}}";
            case "PublishLayerVersion" ->
                "{\"Content\": {\"ZipFile\": \"" + TestApi.zip("l") + "\"}, \"CompatibleRuntimes\": [\"java21\"]}";
            case "TagResource" -> "{\"Tags\": {\"a\": \"b\"}}";
            case "PutFunctionConcurrency" -> "{\"ReservedConcurrentExecutions\": 5}";
            default -> "{\"ZipFile\": \"" + TestApi.zip("two") + "\", " + settings + "}";
        };
    }

    private byte[] mutated(byte[] bytes) {
        byte[] changed = bytes.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes && changed.length > 0; i++) {
            changed[random.nextInt(changed.length)] = NASTY[random.nextInt(NASTY.length)];
        }
        return random.nextInt(4) == 0 ? java.util.Arrays.copyOf(changed, random.nextInt(changed.length + 1)) : changed;
    }

    private void send(Route route, String target, byte[] body) {
        var answer = api.send(
                route.method(), target, Map.of("X-Amz-Client-Context", "e30=", "X-Amz-Log-Type", "Tail"), body);
        assertThat(answer.status())
                .as(
                        "%s %s with %s: %s",
                        route.method(), target, new String(body, StandardCharsets.UTF_8), answer.text())
                .isLessThan(500);
        assertThat(answer.header("x-amzn-RequestId")).isNotEmpty();
    }

    @Test
    void changedRequestsAreNeverAServerError() {
        api.create("f");
        for (Route route : Routes.WORKING) {
            byte[] body = body(route.operation()).getBytes(StandardCharsets.UTF_8);
            for (int round = 0; round < ROUNDS; round++) {
                send(route, target(route), mutated(body));
                String target = new String(
                        mutated(target(route).getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
                if (!target.isEmpty() && target.charAt(0) == '/' && !isNotYet(route.method(), target)) {
                    send(route, target, body);
                }
            }
        }
    }

    /// A changed path may by chance be an operation that is refused, which is a 501.
    private static boolean isNotYet(String method, String target) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        try {
            return Routes.find(method, path, Query.parse(query)).parser().isEmpty();
        } catch (dev.hearth.model.ApiException e) {
            return false;
        }
    }

    @Test
    void deepNestingIsRefused() {
        TestApi.Answer answer = api.send("POST", "/2015-03-31/functions", "{\"a\":".repeat(100_000));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("SerializationException");
    }
}
