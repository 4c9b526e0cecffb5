package dev.hearth.cli;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs requests with AWS Signature Version 4.
///
/// @param clock the time of day to sign with
record Signer(
        String accessKeyId, String secretKey, Optional<String> sessionToken, String region, Supplier<Instant> clock) {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /// The signer for the credentials in the environment.
    ///
    /// @throws CommandFailure when they are not there
    static Signer fromEnvironment(Map<String, String> environment, String region) {
        String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
        String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
        if (id.isEmpty() || secret.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--sign needs credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to a pair that the server's configuration names.");
        }
        return new Signer(id, secret, Optional.ofNullable(environment.get("AWS_SESSION_TOKEN")), region, Instant::now);
    }

    /// The header fields to add to a request so that it is signed.
    ///
    /// @param target path and query, percent-encoded
    /// @param headers the fields the request has already, `Host` left out; all are signed
    Map<String, String> sign(
            String method, URI endpoint, String target, String service, Map<String, String> headers, byte[] body) {
        String stamp = STAMP.format(clock.get());
        var added = new TreeMap<String, String>();
        added.put("X-Amz-Date", stamp);
        sessionToken.ifPresent(token -> added.put("X-Amz-Security-Token", token));

        var signed = new TreeMap<String, String>();
        headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value.strip()));
        added.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value));
        signed.put("host", endpoint.getRawAuthority());
        String names = String.join(";", signed.keySet());

        String request = canonicalRequest(method, target, signed, names, hex(sha256(body)));
        String scope = stamp.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
        String toSign = "AWS4-HMAC-SHA256\n" + stamp + "\n" + scope + "\n"
                + hex(sha256(request.getBytes(StandardCharsets.UTF_8)));
        String signature = hex(hmac(signingKey(scope), toSign));
        added.put(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + accessKeyId + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                        + signature);
        return added;
    }

    private static String canonicalRequest(
            String method, String target, Map<String, String> headers, String names, String bodyHash) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        String fields = headers.entrySet().stream()
                .map(field -> field.getKey() + ":" + field.getValue() + "\n")
                .collect(Collectors.joining());
        // Encoded a second time, as every service but S3 wants it.
        String canonicalPath = path.replace("%", "%25");
        return String.join("\n", method, canonicalPath, canonicalQuery(query), fields, names, bodyHash);
    }

    private static String canonicalQuery(String query) {
        return Arrays.stream(query.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.contains("=") ? pair : pair + "=")
                .sorted()
                .collect(Collectors.joining("&"));
    }

    private byte[] signingKey(String scope) {
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        return key;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "Signer[" + accessKeyId + ", " + region + "]";
    }
}
