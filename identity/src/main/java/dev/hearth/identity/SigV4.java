package dev.hearth.identity;

import dev.hearth.http.PercentEncoding;
import dev.hearth.http.Query;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// AWS Signature Version 4 as pure functions, after the IAM user guide's "Create a signed AWS API request".
public final class SigV4 {
    public static final String ALGORITHM = "AWS4-HMAC-SHA256";
    public static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

    private static final String HMAC = "HmacSHA256";

    private SigV4() {}

    /// What a signature is for: `20150830/us-east-1/lambda/aws4_request`.
    public record CredentialScope(String day, String region, String service) {
        @Override
        public String toString() {
            return day + "/" + region + "/" + service + "/aws4_request";
        }
    }

    /// A header as it is signed: its name in lower case, its value trimmed.
    public record SignedHeader(String name, String value) {}

    public static String canonicalRequest(
            String method, String canonicalUri, String canonicalQuery, List<SignedHeader> headers, String payloadHash) {
        String lines = headers.stream()
                .map(header -> header.name() + ":" + header.value() + "\n")
                .collect(Collectors.joining());
        return String.join("\n", method, canonicalUri, canonicalQuery, lines, names(headers), payloadHash);
    }

    public static String names(List<SignedHeader> headers) {
        return headers.stream().map(SignedHeader::name).collect(Collectors.joining(";"));
    }

    /// @param amzDate as in `X-Amz-Date`
    public static String stringToSign(String amzDate, CredentialScope scope, String canonicalRequest) {
        return String.join(
                "\n",
                ALGORITHM,
                amzDate,
                scope.toString(),
                sha256Hex(canonicalRequest.getBytes(StandardCharsets.UTF_8)));
    }

    public static byte[] signingKey(String secret, CredentialScope scope) {
        byte[] day = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), scope.day());
        byte[] region = hmac(day, scope.region());
        byte[] service = hmac(region, scope.service());
        return hmac(service, "aws4_request");
    }

    public static String signature(byte[] signingKey, String stringToSign) {
        return HexFormat.of().formatHex(hmac(signingKey, stringToSign));
    }

    /// Parameters sorted and encoded as they are signed.
    public static String canonicalQuery(Query query) {
        return query.parameters().stream()
                .map(parameter -> PercentEncoding.encode(parameter.name(), "") + "="
                        + PercentEncoding.encode(parameter.value(), ""))
                .sorted()
                .collect(Collectors.joining("&"));
    }

    /// The value as it is signed: trimmed, runs of spaces as one.
    public static String canonicalValue(String value) {
        return value.strip().replaceAll(" +", " ");
    }

    public static String sha256Hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + HMAC, e);
        }
    }
}
