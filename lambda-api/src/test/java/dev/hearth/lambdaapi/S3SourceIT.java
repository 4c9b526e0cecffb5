package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.HttpServer;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.identity.AccessKey;
import dev.hearth.model.SystemClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
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
        return FakeStore.answer(request);
    }

    private S3Source source(Optional<AccessKey> key) {
        return new S3Source(URI.create("http://127.0.0.1:" + store.port()), "us-east-1", key, SystemClock.INSTANCE);
    }

    @Test
    void answersAreTheRecordedOnes() {
        var tally = new Replay.Tally();
        try (var s3 = source(Optional.empty())) {
            new S3Scenarios(tally, s3).play();
        }

        assertThat(tally.different).isEmpty();
        assertThat(tally.same).isEqualTo(11);
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
