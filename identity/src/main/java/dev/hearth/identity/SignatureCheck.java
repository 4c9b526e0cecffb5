package dev.hearth.identity;

import dev.hearth.http.BodyTooLargeException;
import dev.hearth.http.Handler;
import dev.hearth.http.PercentEncoding;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.model.ApiException;
import dev.hearth.model.Clock;
import dev.hearth.model.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Lets only requests through that are signed with a configured access key, or with temporary credentials that were
/// given out (AWS Signature Version 4, in the header or in the query), for any AWS endpoint. Without configured keys
/// everything passes, signed or not.
///
/// The body is read once, because its hash is part of the signature, and handed on without a copy. Safe for use by any
/// thread.
public final class SignatureCheck implements Handler {
    private static final Duration SKEW = Duration.ofMinutes(5);

    /// The largest body of any operation: Lambda's, with a package of 50 MB in Base64.
    private static final long BODY_LIMIT = 70_167_211;

    private final Handler inner;
    private final Callers callers;
    private final SigningKeys keys = new SigningKeys();
    private final Clock clock;
    private final Function<ApiException, Response> refusal;

    /// @param inner   answers the requests that pass
    /// @param refusal renders why a request does not pass, as the service behind it does
    public SignatureCheck(Handler inner, Callers callers, Clock clock, Function<ApiException, Response> refusal) {
        this.inner = inner;
        this.callers = callers;
        this.clock = clock;
        this.refusal = refusal;
    }

    @Override
    public Response handle(Request request) throws IOException {
        if (!callers.areChecked()) {
            return inner.handle(request);
        }
        Request verified;
        try {
            verified = verify(request);
        } catch (ApiException e) {
            return refusal.apply(e);
        }
        return inner.handle(verified);
    }

    private Request verify(Request request) throws IOException {
        ClaimedSignature claimed = ClaimedSignature.of(request);
        AccessKey key = callers.key(claimed);
        checkTime(claimed);
        Optional<String> declared = request.headers().first("X-Amz-Content-Sha256");
        boolean unsigned = declared.filter(SigV4.UNSIGNED_PAYLOAD::equals).isPresent();
        Request held = unsigned ? request : hold(request);
        String payloadHash = unsigned ? SigV4.UNSIGNED_PAYLOAD : hash(held);
        if (!unsigned && declared.isPresent() && !declared.get().equals(payloadHash)) {
            throw new ApiException(
                    ErrorCode.INVALID_SIGNATURE,
                    "The X-Amz-Content-Sha256 header does not match what was computed of the body: " + payloadHash);
        }
        checkSignature(request, claimed, keys.signingKey(key, claimed.scope()), payloadHash);
        return held;
    }

    private void checkTime(ClaimedSignature claimed) {
        Instant signed = claimed.signedAt();
        Instant now = clock.now();
        if (!claimed.amzDate().startsWith(claimed.scope().day())) {
            throw invalid("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '"
                    + claimed.scope().day() + "' != '" + claimed.amzDate() + "'");
        }
        Instant oldest = now.minus(claimed.life().orElse(SKEW));
        if (signed.isBefore(oldest)) {
            throw invalid("Signature expired: %s is now earlier than %s (%s - %d min.)"
                    .formatted(
                            claimed.amzDate(),
                            ClaimedSignature.amzDate(oldest),
                            ClaimedSignature.amzDate(now),
                            claimed.life().orElse(SKEW).toMinutes()));
        }
        if (signed.isAfter(now.plus(SKEW))) {
            throw invalid("Signature not yet current: %s is still later than %s (%s + 5 min.)"
                    .formatted(
                            claimed.amzDate(),
                            ClaimedSignature.amzDate(now.plus(SKEW)),
                            ClaimedSignature.amzDate(now)));
        }
    }

    private static Request hold(Request request) throws IOException {
        try {
            byte[] body = request.readBody(BODY_LIMIT);
            // Its length counts as untold, so that the held array is read and not copied into another.
            return new Request(
                    request.method(),
                    request.path(),
                    request.query(),
                    request.headers(),
                    new HeldBody(body),
                    -1,
                    request.receivedNanos());
        } catch (BodyTooLargeException e) {
            throw new ApiException(
                    ErrorCode.REQUEST_ENTITY_TOO_LARGE, "Request must be smaller than " + e.limit() + " bytes", e);
        }
    }

    private static String hash(Request held) throws IOException {
        held.body().mark(0);
        String hash = SigV4.sha256Hex(held.body().readAllBytes());
        held.body().reset();
        return hash;
    }

    private static void checkSignature(
            Request request, ClaimedSignature claimed, byte[] signingKey, String payloadHash) {
        List<SigV4.SignedHeader> headers = claimed.signedHeaders().stream()
                .map(name -> new SigV4.SignedHeader(name, value(request, name)))
                .toList();
        String canonical = SigV4.canonicalRequest(
                request.method(),
                canonicalUri(request.path()),
                SigV4.canonicalQuery(claimed.query()),
                headers,
                payloadHash);
        String toSign = SigV4.stringToSign(claimed.amzDate(), claimed.scope(), canonical);
        byte[] expected = SigV4.signature(signingKey, toSign).getBytes(StandardCharsets.US_ASCII);
        // Compared in constant time, so that a signature cannot be guessed digit by digit.
        if (!MessageDigest.isEqual(expected, claimed.signature().getBytes(StandardCharsets.UTF_8))) {
            throw invalid(
                    "The request signature we calculated does not match the signature you provided. Check your AWS"
                            + " Secret Access Key and signing method. Consult the service documentation for details.\n\nThe"
                            + " Canonical String for this request should have been\n'" + canonical
                            + "'\n\nThe String-to-Sign should have been\n'" + toSign + "'\n");
        }
    }

    private static String value(Request request, String name) {
        return String.join(
                ",",
                request.headers().all(name).stream().map(SigV4::canonicalValue).toList());
    }

    /// All services but S3 sign the path as sent, encoded once more.
    private static String canonicalUri(String path) {
        String encoded = PercentEncoding.encode(path, "/");
        return encoded.isEmpty() ? "/" : encoded;
    }

    private static ApiException invalid(String message) {
        return new ApiException(ErrorCode.INVALID_SIGNATURE, message);
    }
}
