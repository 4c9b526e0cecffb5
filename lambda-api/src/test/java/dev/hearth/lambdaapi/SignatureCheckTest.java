package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.Handler;
import dev.hearth.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignatureCheckTest {
    private static final AccessKey KEY = new AccessKey("AKIDEXAMPLE", "secret");
    private static final String PATH = "/2015-03-31/functions/arn%3Aaws%3Af/invocations?Qualifier=%24LATEST";
    private static final byte[] BODY = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);

    private final FakeClock clock = new FakeClock();
    private final Handler echo = request -> Response.of(200, "text/plain", request.readBody(1_000));
    private final Handler check = new SignatureCheck(echo, List.of(KEY), clock);
    private final Signer signer = new Signer(KEY, clock.now());

    private TestApi.Answer send(Map<String, String> headers, byte[] body) {
        return TestApi.send(check, "POST", PATH, headers, body);
    }

    private static void assertRefused(TestApi.Answer answer, int status, String type) {
        assertThat(answer.header("x-amzn-ErrorType")).isEqualTo(type);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("x-amzn-RequestId")).isNotEmpty();
    }

    @Test
    void withoutKeysEverythingPasses() {
        var open = new SignatureCheck(echo, List.of(), clock);

        assertThat(TestApi.send(open, "POST", PATH, Map.of("Authorization", "nonsense"), BODY)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void signedRequestPassesWithItsBody() {
        TestApi.Answer answer = send(signer.header("POST", PATH, BODY), BODY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEqualTo(BODY);
    }

    @Test
    void missingSignatureIsRefused() {
        assertRefused(send(Map.of(), BODY), 403, "MissingAuthenticationTokenException");
    }

    @Test
    void unknownKeyIsRefused() {
        var other = new Signer(new AccessKey("AKIDOTHER", "secret"), clock.now());

        assertRefused(send(other.header("POST", PATH, BODY), BODY), 403, "UnrecognizedClientException");
    }

    @Test
    void wrongSecretIsRefusedAndToldWhatShouldHaveBeenSigned() {
        var wrong = new Signer(new AccessKey("AKIDEXAMPLE", "other"), clock.now());

        TestApi.Answer answer = send(wrong.header("POST", PATH, BODY), BODY);

        assertRefused(answer, 403, "InvalidSignatureException");
        assertThat(answer.json().get("message").asString())
                .contains("The request signature we calculated does not match the signature you provided.")
                .contains(
                        "The Canonical String for this request should have been\n'POST\n/2015-03-31/functions/arn%253Aaws");
    }

    @Test
    void changedBodyIsRefused() {
        byte[] other = "{\"a\": 2}".getBytes(StandardCharsets.UTF_8);

        assertRefused(send(signer.header("POST", PATH, BODY), other), 403, "InvalidSignatureException");
    }

    @Test
    void bodyThatDiffersFromItsDeclaredHashIsRefused() {
        Map<String, String> headers = signer.header(
                "POST", PATH, SigV4.sha256Hex(BODY), Map.of("X-Amz-Content-Sha256", SigV4.sha256Hex(BODY)));

        assertRefused(send(headers, new byte[0]), 403, "InvalidSignatureException");
        assertThat(send(headers, BODY).status()).isEqualTo(200);
    }

    @Test
    void unsignedPayloadIsNotHashed() {
        Map<String, String> headers = signer.header(
                "POST", PATH, SigV4.UNSIGNED_PAYLOAD, Map.of("X-Amz-Content-Sha256", SigV4.UNSIGNED_PAYLOAD));

        assertThat(send(headers, BODY).status()).isEqualTo(200);
    }

    @Test
    void skewOfFiveMinutesPassesAndOneSecondMoreDoesNot() {
        Map<String, String> headers = signer.header("POST", PATH, BODY);
        clock.advance(Duration.ofMinutes(5));
        assertThat(send(headers, BODY).status()).isEqualTo(200);

        clock.advance(Duration.ofSeconds(1));
        TestApi.Answer late = send(headers, BODY);
        assertRefused(late, 403, "InvalidSignatureException");
        assertThat(late.json().get("message").asString())
                .isEqualTo("Signature expired: 20260102T030405Z is now earlier than 20260102T030406Z"
                        + " (20260102T030906Z - 5 min.)");

        clock.set(signer.at().minusSeconds(301));
        TestApi.Answer early = send(headers, BODY);
        assertRefused(early, 403, "InvalidSignatureException");
        assertThat(early.json().get("message").asString()).startsWith("Signature not yet current: ");
    }

    @Test
    void presignedUrlHoldsAsLongAsItSays() {
        String target = signer.presigned("GET", "/2015-03-31/functions", 600);

        clock.advance(Duration.ofMinutes(10));
        assertThat(TestApi.send(check, "GET", target, Map.of(), new byte[0]).status())
                .isEqualTo(200);
        assertRefused(
                TestApi.send(check, "GET", target + "0", Map.of(), new byte[0]), 403, "InvalidSignatureException");

        clock.advance(Duration.ofSeconds(1));
        assertRefused(TestApi.send(check, "GET", target, Map.of(), new byte[0]), 403, "InvalidSignatureException");
    }

    @Test
    void malformedAuthorizationIsTheCallersFault() {
        for (String authorization : List.of(
                "Basic eDp5",
                SigV4.ALGORITHM,
                SigV4.ALGORITHM + " Credential=a",
                SigV4.ALGORITHM + " Credential=a, SignedHeaders=host, Signature=b",
                SigV4.ALGORITHM
                        + " Credential=AKIDEXAMPLE/20260102/r/s/aws4_request, SignedHeaders=date, Signature=b")) {
            TestApi.Answer answer =
                    send(Map.of("Authorization", authorization, "X-Amz-Date", "20260102T030405Z"), BODY);

            assertRefused(answer, 400, "IncompleteSignatureException");
        }
        String good =
                SigV4.ALGORITHM + " Credential=AKIDEXAMPLE/20260102/r/s/aws4_request, SignedHeaders=host, Signature=b";
        assertRefused(
                send(Map.of("Authorization", good, "X-Amz-Date", "yesterday"), BODY),
                400,
                "IncompleteSignatureException");
        assertRefused(send(Map.of("Authorization", good), BODY), 400, "IncompleteSignatureException");
    }

    @Test
    void heldBodyIsHandedOnWithoutCopy() {
        byte[] bytes = {1, 2, 3};

        assertThat(new HeldBody(bytes).readNBytes(10)).isSameAs(bytes);
        var partly = new HeldBody(bytes);
        assertThat(partly.readNBytes(2)).containsExactly(1, 2);
        assertThat(partly.readNBytes(2)).containsExactly(3);
    }
}
