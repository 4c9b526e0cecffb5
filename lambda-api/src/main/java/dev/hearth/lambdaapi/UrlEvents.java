package dev.hearth.lambdaapi;

import dev.hearth.http.Query;
import dev.hearth.http.Request;
import dev.hearth.identity.Caller;
import dev.hearth.model.Clock;
import dev.hearth.model.FunctionUrl;
import dev.hearth.model.Scope;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/// Events of payload format 2.0 that requests for function URLs become, as AWS documents them.
record UrlEvents(Scope scope, Clock clock) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /// Who called is not known here: the server listens on loopback unless configured otherwise.
    private static final String SOURCE = "127.0.0.1";

    private static final List<String> TEXT = List.of("text/", "json", "xml", "javascript");

    /// @param signedBy who signed the request, where the URL asks for that
    byte[] event(
            FunctionUrl url, String path, Request request, byte[] body, String requestId, Optional<SignedBy> signedBy) {
        Map<String, String> headers = headers(request);
        List<String> cookies = cookies(headers);
        return Json.object(out -> {
            out.writeStringProperty("version", "2.0");
            out.writeStringProperty("routeKey", "$default");
            out.writeStringProperty("rawPath", path);
            out.writeStringProperty("rawQueryString", request.query());
            if (!cookies.isEmpty()) {
                ConfigurationJson.writeStrings(out, "cookies", cookies);
            }
            writeMap(out, "headers", headers);
            Map<String, String> query = query(request.query());
            if (!query.isEmpty()) {
                writeMap(out, "queryStringParameters", query);
            }
            out.writeObjectPropertyStart("requestContext");
            writeContext(out, url, path, request, requestId, signedBy);
            out.writeEndObject();
            writeBody(out, headers.getOrDefault("content-type", ""), body);
        });
    }

    private void writeContext(
            JsonGenerator out,
            FunctionUrl url,
            String path,
            Request request,
            String requestId,
            Optional<SignedBy> signedBy) {
        Instant now = clock.now();
        out.writeStringProperty(
                "accountId", signedBy.map(by -> by.caller().account()).orElse("anonymous"));
        out.writeStringProperty("apiId", url.id());
        signedBy.ifPresent(by -> writeCaller(out, by));
        out.writeStringProperty("domainName", url.id() + ".lambda-url." + scope.region() + ".localhost");
        out.writeStringProperty("domainPrefix", url.id());
        out.writeObjectPropertyStart("http");
        out.writeStringProperty("method", request.method());
        out.writeStringProperty("path", path);
        out.writeStringProperty("protocol", "HTTP/1.1");
        out.writeStringProperty("sourceIp", SOURCE);
        out.writeStringProperty(
                "userAgent", request.headers().first("User-Agent").orElse(""));
        out.writeEndObject();
        out.writeStringProperty("requestId", requestId);
        out.writeStringProperty("routeKey", "$default");
        out.writeStringProperty("stage", "$default");
        out.writeStringProperty("time", TIME.format(now));
        out.writeNumberProperty("timeEpoch", now.toEpochMilli());
    }

    private static void writeCaller(JsonGenerator out, SignedBy signedBy) {
        Caller caller = signedBy.caller();
        out.writeObjectPropertyStart("authorizer");
        out.writeObjectPropertyStart("iam");
        out.writeStringProperty("accessKey", signedBy.keyId());
        out.writeStringProperty("accountId", caller.account());
        out.writeStringProperty("callerId", caller.userId());
        out.writeStringProperty("userArn", caller.arn());
        out.writeStringProperty("userId", caller.userId());
        out.writeEndObject();
        out.writeEndObject();
    }

    /// Names in lower case, values of the same name joined by commas; cookies stand apart.
    private static Map<String, String> headers(Request request) {
        var headers = new TreeMap<String, String>();
        request.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            headers.merge(lower, value, (a, b) -> a + (lower.equals("cookie") ? "; " : ",") + b);
        });
        headers.putIfAbsent("x-forwarded-proto", "http");
        headers.putIfAbsent("x-forwarded-for", SOURCE);
        return headers;
    }

    private static List<String> cookies(Map<String, String> headers) {
        String cookie = headers.remove("cookie");
        var cookies = new ArrayList<String>();
        if (cookie != null) {
            for (String one : cookie.split(";")) {
                if (!one.isBlank()) {
                    cookies.add(one.strip());
                }
            }
        }
        return cookies;
    }

    /// Decoded as forms are, values of the same name joined by commas.
    private static Map<String, String> query(String raw) {
        var query = new LinkedHashMap<String, String>();
        for (Query.Parameter parameter : Query.parse(raw.replace("+", "%20")).parameters()) {
            query.merge(parameter.name(), parameter.value(), (a, b) -> a + "," + b);
        }
        return query;
    }

    private static void writeBody(JsonGenerator out, String contentType, byte[] body) {
        Optional<String> text = isText(contentType) ? decoded(body) : Optional.empty();
        boolean base64 = body.length > 0 && text.isEmpty();
        if (body.length > 0) {
            out.writeStringProperty(
                    "body", text.orElseGet(() -> Base64.getEncoder().encodeToString(body)));
        }
        out.writeBooleanProperty("isBase64Encoded", base64);
    }

    private static boolean isText(String contentType) {
        String lower = contentType.toLowerCase(Locale.ROOT);
        return TEXT.stream().anyMatch(lower::contains);
    }

    /// Empty where it is not UTF-8, whatever it says it is.
    private static Optional<String> decoded(byte[] body) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty(); // sent in Base64 then
        }
    }

    private static void writeMap(JsonGenerator out, String member, Map<String, String> map) {
        out.writeObjectPropertyStart(member);
        map.forEach(out::writeStringProperty);
        out.writeEndObject();
    }
}
