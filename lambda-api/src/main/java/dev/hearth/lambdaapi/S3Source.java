package dev.hearth.lambdaapi;

import dev.hearth.http.PercentEncoding;
import dev.hearth.http.Query;
import dev.hearth.identity.AccessKey;
import dev.hearth.identity.ClaimedSignature;
import dev.hearth.identity.SigV4;
import dev.hearth.model.ApiException;
import dev.hearth.model.Clock;
import dev.hearth.model.CodeRef;
import dev.hearth.model.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Fetches packages from an S3-compatible store: path-style GET, signed where an access key is configured, else
/// anonymous. Safe for use by any thread.
public final class S3Source implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration FETCH = Duration.ofMinutes(2);
    private static final int ERROR_MAX = 64 * 1024;

    private final URI endpoint;
    private final String region;
    private final Optional<AccessKey> key;
    private final Clock clock;
    private final HttpClient client;

    /// @param endpoint of the store, without a path: `http://127.0.0.1:9100`
    public S3Source(URI endpoint, String region, Optional<AccessKey> key, Clock clock) {
        this.endpoint = endpoint;
        this.region = region;
        this.key = key;
        this.clock = clock;
        this.client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    }

    /// Keeps what is fetched.
    @FunctionalInterface
    interface Keeper {
        CodeRef keep(InputStream zip) throws IOException;
    }

    /// @throws ApiException in AWS's words when the store has no such bucket or object, or cannot be reached
    CodeRef fetch(CodeSource.S3 object, Keeper keeper) throws IOException {
        HttpResponse<InputStream> response = send(request(object));
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw refused(response.statusCode(), body);
            }
            return keeper.keep(body);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new ApiException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Error occurred while GetObject. Cannot reach the configured S3 endpoint %s: %s"
                            .formatted(endpoint, e),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(ErrorCode.SERVICE, "Interrupted while fetching code from " + endpoint, e);
        }
    }

    private HttpRequest request(CodeSource.S3 object) {
        String path =
                "/" + PercentEncoding.encode(object.bucket(), "") + "/" + PercentEncoding.encode(object.key(), "/");
        String query = object.objectVersion()
                .map(version -> "versionId=" + PercentEncoding.encode(version, ""))
                .orElse("");
        URI uri = URI.create(endpoint + path + (query.isEmpty() ? "" : "?" + query));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(FETCH).GET();
        key.ifPresent(signer -> sign(request, signer, path, query));
        return request.build();
    }

    private void sign(HttpRequest.Builder request, AccessKey signer, String path, String query) {
        String date = ClaimedSignature.amzDate(clock.now());
        var scope = new SigV4.CredentialScope(date.substring(0, 8), region, "s3");
        var headers = List.of(
                new SigV4.SignedHeader("host", endpoint.getRawAuthority()),
                new SigV4.SignedHeader("x-amz-content-sha256", SigV4.UNSIGNED_PAYLOAD),
                new SigV4.SignedHeader("x-amz-date", date));
        String canonical = SigV4.canonicalRequest(
                "GET", path, SigV4.canonicalQuery(Query.parse(query)), headers, SigV4.UNSIGNED_PAYLOAD);
        String signature =
                SigV4.signature(SigV4.signingKey(signer.secret(), scope), SigV4.stringToSign(date, scope, canonical));
        request.header("x-amz-content-sha256", SigV4.UNSIGNED_PAYLOAD)
                .header("x-amz-date", date)
                .header(
                        "Authorization",
                        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                                .formatted(SigV4.ALGORITHM, signer.id(), scope, SigV4.names(headers), signature));
    }

    private static ApiException refused(int status, InputStream body) throws IOException {
        String document = new String(body.readNBytes(ERROR_MAX), StandardCharsets.UTF_8);
        return new ApiException(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "Error occurred while GetObject. S3 Error Code: %s. S3 Error Message: %s"
                        .formatted(
                                element(document, "Code").orElse("HTTP " + status),
                                element(document, "Message").orElse("none given")));
    }

    private static Optional<String> element(String document, String name) {
        int start = document.indexOf("<" + name + ">");
        int end = document.indexOf("</" + name + ">");
        return start < 0 || end < start
                ? Optional.empty()
                : Optional.of(document.substring(start + name.length() + 2, end));
    }

    @Override
    public void close() {
        client.close();
    }
}
