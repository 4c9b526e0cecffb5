package dev.hearth.identity;

import dev.hearth.http.Query;
import dev.hearth.http.Request;
import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The signature that a request carries, in its Authorization header or its query, not verified yet.
///
/// @param amzDate when it was signed, as sent
/// @param life    how long a presigned URL holds; empty for a signature in the header
/// @param query   the parameters that are signed
/// @param token   the session token that comes with temporary credentials
public record ClaimedSignature(
        String keyId,
        SigV4.CredentialScope scope,
        List<String> signedHeaders,
        String signature,
        String amzDate,
        Optional<Duration> life,
        Query query,
        Optional<String> token) {
    private static final DateTimeFormatter AMZ_DATE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final long MOST_SECONDS = 604_800;
    private static final String CREDENTIAL = "Credential=";
    private static final String SIGNATURE_PARAMETER = "X-Amz-Signature=";
    private static final String TOKEN = "X-Amz-Security-Token";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /// @throws ApiException when there is no signature, or none that can be read
    public static ClaimedSignature of(Request request) {
        Query query = Query.parse(request.query());
        Optional<String> authorization = request.headers().first("Authorization");
        if (authorization.isPresent()) {
            return inHeader(request, query, authorization.get());
        }
        if (query.first("X-Amz-Signature").isPresent()) {
            return inQuery(query);
        }
        throw new ApiException(ErrorCode.MISSING_AUTHENTICATION_TOKEN, "Missing Authentication Token");
    }

    /// The same where a request may do without: empty when there is none that can be read.
    static Optional<ClaimedSignature> ifAny(Request request) {
        boolean signed = request.headers().first("Authorization").isPresent()
                || request.query().contains(SIGNATURE_PARAMETER);
        if (!signed) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(request));
        } catch (ApiException unreadable) {
            return Optional.empty(); // where it matters, the check has refused it
        }
    }

    /// The id of the access key that a request names, or nothing. Cheap: it is asked of every request.
    static String keyId(Request request) {
        String authorization = request.headers().first("Authorization").orElse("");
        int named = authorization.indexOf(CREDENTIAL);
        if (named >= 0) {
            int from = named + CREDENTIAL.length();
            int end = authorization.indexOf('/', from);
            return end < 0 ? "" : authorization.substring(from, end);
        }
        return request.query().contains(SIGNATURE_PARAMETER)
                ? ifAny(request).map(ClaimedSignature::keyId).orElse("")
                : "";
    }

    private static ClaimedSignature inHeader(Request request, Query query, String authorization) {
        if (!authorization.startsWith(SigV4.ALGORITHM + " ")) {
            throw incomplete("Unsupported authorization type: only " + SigV4.ALGORITHM + " is known");
        }
        var parts = new HashMap<String, String>();
        for (String part : authorization.substring(SigV4.ALGORITHM.length()).split(",")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        }
        String date = request.headers()
                .first("X-Amz-Date")
                .orElseThrow(() -> incomplete("Authorization header requires existence of an 'X-Amz-Date' header."));
        return of(
                part(parts, "Credential"),
                part(parts, "SignedHeaders"),
                part(parts, "Signature"),
                date,
                Optional.empty(),
                query,
                request.headers().first(TOKEN));
    }

    private static String part(Map<String, String> parts, String name) {
        String value = parts.get(name);
        if (value == null || value.isEmpty()) {
            throw incomplete("Authorization header requires '" + name + "' parameter.");
        }
        return value;
    }

    private static ClaimedSignature inQuery(Query query) {
        if (!parameter(query, "X-Amz-Algorithm").equals(SigV4.ALGORITHM)) {
            throw incomplete("Unsupported X-Amz-Algorithm: only " + SigV4.ALGORITHM + " is known");
        }
        var signed = new Query(query.parameters().stream()
                .filter(parameter -> !parameter.name().equals("X-Amz-Signature"))
                .toList());
        return of(
                parameter(query, "X-Amz-Credential"),
                parameter(query, "X-Amz-SignedHeaders"),
                parameter(query, "X-Amz-Signature"),
                parameter(query, "X-Amz-Date"),
                Optional.of(life(parameter(query, "X-Amz-Expires"))),
                signed,
                query.first(TOKEN));
    }

    private static String parameter(Query query, String name) {
        return query.first(name)
                .orElseThrow(() -> incomplete("AWS query-string parameters must include '" + name + "'."));
    }

    private static Duration life(String seconds) {
        if (!NUMBER.matcher(seconds).matches() || Long.parseLong(seconds) > MOST_SECONDS) {
            throw incomplete("X-Amz-Expires must be a number of seconds, at most " + MOST_SECONDS);
        }
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    private static ClaimedSignature of(
            String credential,
            String signedHeaders,
            String signature,
            String date,
            Optional<Duration> life,
            Query query,
            Optional<String> token) {
        String[] parts = credential.split("/");
        if (parts.length != 5 || !parts[4].equals("aws4_request")) {
            throw incomplete("Credential must have exactly 5 slash-delimited elements, e.g."
                    + " keyid/date/region/service/aws4_request, got '" + credential + "'");
        }
        List<String> names = List.of(signedHeaders.split(";"));
        if (!names.contains("host")) {
            throw incomplete("'Host' must be a 'SignedHeader' in the AWS Authorization.");
        }
        var scope = new SigV4.CredentialScope(parts[1], parts[2], parts[3]);
        return new ClaimedSignature(parts[0], scope, names, signature, date, life, query, token);
    }

    /// When it was signed.
    Instant signedAt() {
        try {
            return LocalDateTime.parse(amzDate, AMZ_DATE).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new ApiException(
                    ErrorCode.INCOMPLETE_SIGNATURE,
                    "Date must be in ISO-8601 'basic format'. Got '" + amzDate
                            + "'. See http://en.wikipedia.org/wiki/ISO_8601",
                    e);
        }
    }

    /// The time as `X-Amz-Date` has it.
    public static String amzDate(Instant instant) {
        return AMZ_DATE.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static ApiException incomplete(String message) {
        return new ApiException(ErrorCode.INCOMPLETE_SIGNATURE, message);
    }
}
