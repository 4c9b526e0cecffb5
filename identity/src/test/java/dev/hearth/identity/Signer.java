package dev.hearth.identity;

import dev.hearth.http.PercentEncoding;
import dev.hearth.http.Query;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Signs requests as a client does.
record Signer(AccessKey key, Instant at, String service) {
    static final String HOST = "127.0.0.1:9000";

    /// For Lambda.
    Signer(AccessKey key, Instant at) {
        this(key, at, "lambda");
    }

    /// The headers of a signed request.
    Map<String, String> header(String method, String target, byte[] body) {
        return header(method, target, SigV4.sha256Hex(body), Map.of());
    }

    Map<String, String> header(String method, String target, String payloadHash, Map<String, String> more) {
        String date = ClaimedSignature.amzDate(at);
        var headers = List.of(new SigV4.SignedHeader("host", HOST), new SigV4.SignedHeader("x-amz-date", date));
        String authorization = "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                .formatted(
                        SigV4.ALGORITHM,
                        key.id(),
                        scope(date),
                        SigV4.names(headers),
                        sign(method, target, date, headers, payloadHash));
        var signed = new TreeMap<>(more);
        signed.putAll(Map.of("Host", HOST, "X-Amz-Date", date, "Authorization", authorization));
        return signed;
    }

    /// A presigned target.
    String presigned(String method, String path, int seconds) {
        String date = ClaimedSignature.amzDate(at);
        String target = path + (path.contains("?") ? "&" : "?") + "X-Amz-Algorithm=" + SigV4.ALGORITHM
                + "&X-Amz-Credential="
                + PercentEncoding.encode(key.id() + "/" + scope(date), "") + "&X-Amz-Date=" + date + "&X-Amz-Expires="
                + seconds + "&X-Amz-SignedHeaders=host";
        var headers = List.of(new SigV4.SignedHeader("host", HOST));
        return target + "&X-Amz-Signature=" + sign(method, target, date, headers, SigV4.sha256Hex(new byte[0]));
    }

    private SigV4.CredentialScope scope(String date) {
        return new SigV4.CredentialScope(date.substring(0, 8), "us-east-1", service);
    }

    private String sign(
            String method, String target, String date, List<SigV4.SignedHeader> headers, String payloadHash) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        String canonical = SigV4.canonicalRequest(
                method,
                PercentEncoding.encode(path, "/"),
                SigV4.canonicalQuery(Query.parse(query)),
                headers,
                payloadHash);
        return SigV4.signature(
                SigV4.signingKey(key.secret(), scope(date)), SigV4.stringToSign(date, scope(date), canonical));
    }
}
