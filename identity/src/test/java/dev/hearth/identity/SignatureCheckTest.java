package dev.hearth.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.Handler;
import dev.hearth.http.PercentEncoding;
import dev.hearth.http.Response;
import dev.hearth.model.ApiException;
import dev.hearth.model.Scope;
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
    private final Sessions sessions = new Sessions(SealingKey.ephemeral(), clock);
    private final Handler check = check(List.of(new KnownKey(KEY, "111111111111")));
    private final Signer signer = new Signer(KEY, clock.now());

    private Handler check(List<KnownKey> keys) {
        var callers = new Callers(keys, sessions, Scope.DEFAULT);
        return new SignatureCheck(echo, callers, clock, SignatureCheckTest::refused);
    }

    private static Response refused(ApiException reason) {
        return Response.text(reason.code().httpStatus(), String.valueOf(reason.getMessage()))
                .with("x-amzn-ErrorType", reason.code().awsType());
    }

    private Answer send(Map<String, String> headers, byte[] body) {
        return Answer.to(check, "POST", PATH, headers, body);
    }

    private static void assertRefused(Answer answer, int status, String type) {
        assertThat(answer.header("x-amzn-ErrorType")).isEqualTo(type);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void withoutKeysEverythingPasses() {
        Handler open = check(List.of());

        assertThat(Answer.to(open, "POST", PATH, Map.of("Authorization", "nonsense"), BODY)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void signedRequestPassesWithItsBody() {
        Answer answer = send(signer.header("POST", PATH, BODY), BODY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEqualTo(BODY);
    }

    @Test
    void requestIsOfTheAccountWhoseKeySignedItHoweverTheHeaderIsRead() {
        var victim = new KnownKey(new AccessKey("AKIDVICTIM", "another"), "222222222222");
        var callers = new Callers(List.of(new KnownKey(KEY, "111111111111"), victim), sessions, Scope.DEFAULT);
        Handler account = new SignatureCheck(
                request -> Response.text(200, callers.account(request)), callers, clock, SignatureCheckTest::refused);
        Map<String, String> signed = signer.header("POST", PATH, BODY);
        String honest = String.valueOf(signed.get("Authorization"));
        String forged = honest.replace("AKIDEXAMPLE", "AKIDVICTIM");
        int credential = honest.indexOf("Credential=");
        String other = forged.substring(credential, forged.indexOf(',', credential) + 1);

        for (String header : List.of(
                honest,
                honest.substring(0, credential) + other + honest.substring(credential),
                honest.substring(0, credential) + "X" + other + honest.substring(credential))) {
            var headers = new java.util.HashMap<>(signed);
            headers.put("Authorization", header);
            Answer answer = Answer.to(account, "POST", PATH, headers, BODY);
            assertThat(new String(answer.bytes(), StandardCharsets.UTF_8))
                    .as(header)
                    .isEqualTo("111111111111");
        }
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

        Answer answer = send(wrong.header("POST", PATH, BODY), BODY);

        assertRefused(answer, 403, "InvalidSignatureException");
        assertThat(answer.text())
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
        Answer late = send(headers, BODY);
        assertRefused(late, 403, "InvalidSignatureException");
        assertThat(late.text())
                .isEqualTo("Signature expired: 20260102T030405Z is now earlier than 20260102T030406Z"
                        + " (20260102T030906Z - 5 min.)");

        clock.set(signer.at().minusSeconds(301));
        Answer early = send(headers, BODY);
        assertRefused(early, 403, "InvalidSignatureException");
        assertThat(early.text()).startsWith("Signature not yet current: ");
    }

    @Test
    void presignedUrlHoldsAsLongAsItSays() {
        String target = signer.presigned("GET", "/2015-03-31/functions", 600);

        clock.advance(Duration.ofMinutes(10));
        assertThat(Answer.to(check, "GET", target, Map.of(), new byte[0]).status())
                .isEqualTo(200);
        assertRefused(Answer.to(check, "GET", target + "0", Map.of(), new byte[0]), 403, "InvalidSignatureException");

        clock.advance(Duration.ofSeconds(1));
        assertRefused(Answer.to(check, "GET", target, Map.of(), new byte[0]), 403, "InvalidSignatureException");
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
            Answer answer = send(Map.of("Authorization", authorization, "X-Amz-Date", "20260102T030405Z"), BODY);

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

    private TemporaryCredentials session(Duration life) {
        return sessions.issue(Caller.ofAccount(Scope.DEFAULT, "111111111111"), life);
    }

    private Map<String, String> signed(TemporaryCredentials credentials, String token) {
        return new Signer(credentials.key(), clock.now())
                .header("POST", PATH, SigV4.sha256Hex(BODY), Map.of("X-Amz-Security-Token", token));
    }

    @Test
    void temporaryCredentialsPassUntilTheyExpire() {
        TemporaryCredentials credentials = session(Duration.ofMinutes(15));

        assertThat(send(signed(credentials, credentials.token()), BODY).status())
                .isEqualTo(200);
        clock.advance(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(send(signed(credentials, credentials.token()), BODY).status())
                .isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        Answer late = send(signed(credentials, credentials.token()), BODY);
        assertRefused(late, 403, "ExpiredTokenException");
        assertThat(late.text()).isEqualTo("The security token included in the request is expired");
    }

    @Test
    void temporaryCredentialsNeedTheirOwnToken() {
        TemporaryCredentials one = session(Duration.ofHours(1));
        TemporaryCredentials other = session(Duration.ofHours(1));

        assertRefused(send(signed(one, other.token()), BODY), 403, "UnrecognizedClientException");
        assertRefused(send(signed(one, "nonsense"), BODY), 403, "UnrecognizedClientException");
        assertRefused(send(signed(one, changed(one.token())), BODY), 403, "UnrecognizedClientException");
        assertRefused(
                send(new Signer(one.key(), clock.now()).header("POST", PATH, BODY), BODY),
                403,
                "UnrecognizedClientException");
        var wrongSecret = new AccessKey(one.key().id(), other.key().secret());
        assertRefused(
                send(signed(new TemporaryCredentials(wrongSecret, one.token(), one.expires()), one.token()), BODY),
                403,
                "InvalidSignatureException");
    }

    private static String changed(String token) {
        char other = token.charAt(5) == 'A' ? 'B' : 'A';
        return token.substring(0, 5) + other + token.substring(6);
    }

    @Test
    void credentialsOfAnotherDataDirectoryAreUnknown() {
        TemporaryCredentials foreign = new Sessions(SealingKey.ephemeral(), clock)
                .issue(Caller.ofAccount(Scope.DEFAULT, "111111111111"), Duration.ofHours(1));

        assertRefused(send(signed(foreign, foreign.token()), BODY), 403, "UnrecognizedClientException");
    }

    @Test
    void presignedUrlCarriesTheTokenInItsQuery() {
        TemporaryCredentials credentials = session(Duration.ofHours(1));
        String path = "/2015-03-31/functions?X-Amz-Security-Token=" + PercentEncoding.encode(credentials.token(), "");
        String target = new Signer(credentials.key(), clock.now()).presigned("GET", path, 60);

        assertThat(Answer.to(check, "GET", target, Map.of(), new byte[0]).status())
                .isEqualTo(200);
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
