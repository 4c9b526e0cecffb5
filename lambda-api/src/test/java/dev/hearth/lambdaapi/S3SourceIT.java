package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.HttpServer;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.model.SystemClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Code from a store that speaks S3's GetObject, and the recorded scenarios that need one.
class S3SourceIT {
    private static final AccessKey KEY = new AccessKey("AKIDSTORE", "store-secret");
    private static final String CODE = ", \"Code\": {\"S3Bucket\": \"%s\", \"S3Key\": \"%s\"}";

    private final List<Request> requests = new ArrayList<>();
    private HttpServer store;

    @BeforeEach
    void start() throws IOException {
        store = HttpServer.start(new InetSocketAddress("127.0.0.1", 0), SystemClock.INSTANCE, this::answer);
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private Response answer(Request request) {
        requests.add(request);
        if (!request.path().startsWith("/bucket/")) {
            return refused("NoSuchBucket", "The specified bucket does not exist");
        }
        return switch (request.path()) {
            case "/bucket/one.zip", "/bucket/a%20b/%C3%A4.zip" -> zip("one");
            case "/bucket/two.zip" -> zip("two");
            default -> refused("NoSuchKey", "The specified key does not exist.");
        };
    }

    private static Response zip(String content) {
        return Response.of(200, "application/zip", TestApi.zipBytes(content));
    }

    private static Response refused(String code, String message) {
        String xml =
                "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, message);
        return Response.of(404, "application/xml", xml.getBytes(StandardCharsets.UTF_8));
    }

    private S3Source source(Optional<AccessKey> key) {
        return new S3Source(URI.create("http://127.0.0.1:" + store.port()), "us-east-1", key, SystemClock.INSTANCE);
    }

    @Test
    void answersAreTheRecordedOnes() {
        var tally = new Replay.Tally();
        try (var s3 = source(Optional.empty())) {
            replayLocation(
                    Replay.of("TestLambdaFunction.test_lambda_code_location_s3", tally, TestApi.pendingWithS3(s3)));
            replayErrors(
                    Replay.of("TestLambdaFunction.test_lambda_code_location_s3_errors", tally, TestApi.withS3(s3)));
            Replay layer = Replay.of("TestLambdaLayer.test_layer_s3_content", tally, TestApi.withS3(s3));
            layer.step(
                    "publish_layer_result",
                    layer.api.send(
                            "POST",
                            "/2018-10-31/layers/utils/versions",
                            "{\"Content\": {\"S3Bucket\": \"bucket\", \"S3Key\": \"one.zip\"}}"));
        }

        assertThat(tally.different).isEmpty();
        assertThat(tally.same).isEqualTo(9);
    }

    private static void replayLocation(Replay r) {
        r.step("create_response_s3", r.api.create("f", CODE.formatted("bucket", "one.zip")));
        r.settle().step("get-function-response", r.api.get("/2015-03-31/functions/f"));
        r.step("update-function-response", update(r, "bucket", "two.zip"));
        r.step("get-function-response-updated", r.api.get("/2015-03-31/functions/f"));
    }

    private static void replayErrors(Replay r) {
        r.step("create-error-wrong-bucket", r.api.create("f", CODE.formatted("none", "one.zip")));
        r.step("create-error-wrong-key", r.api.create("f", CODE.formatted("bucket", "none.zip")));
        r.api.create("f");
        r.step("update-error-wrong-bucket", update(r, "none", "one.zip"));
        r.step("update-error-wrong-key", update(r, "bucket", "none.zip"));
    }

    private static TestApi.Answer update(Replay r, String bucket, String key) {
        return r.api.send(
                "PUT",
                "/2015-03-31/functions/f/code",
                "{\"S3Bucket\": \"%s\", \"S3Key\": \"%s\"}".formatted(bucket, key));
    }

    @Test
    void requestIsSignedWhenAKeyIsConfigured() {
        try (var s3 = source(Optional.of(KEY))) {
            TestApi api = TestApi.withS3(s3);

            assertThat(api.create("f", CODE.formatted("bucket", "a b/ä.zip")).status())
                    .isEqualTo(201);
        }
        assertThat(requests.getFirst().headers().first("Authorization").orElse(""))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDSTORE/")
                .contains("/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date");
    }

    @Test
    void unreachableStoreIsNamed() {
        try (var s3 =
                new S3Source(URI.create("http://127.0.0.1:1"), "us-east-1", Optional.empty(), SystemClock.INSTANCE)) {
            TestApi.Answer answer = TestApi.withS3(s3).create("f", CODE.formatted("bucket", "one.zip"));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains("Cannot reach the configured S3 endpoint http://127.0.0.1:1");
        }
    }
}
