package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.http.Handler;
import dev.hearth.http.Headers;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.model.Limits;
import dev.hearth.model.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The API over fakes, and requests to it.
final class TestApi {
    static final String ROLE = "arn:aws:iam::111111111111:role/r1";
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    final FakeClock clock = new FakeClock();
    final Catalog catalog;
    final CodePackages packages;
    final FakeEngine engine;
    final FakeEvents events = new FakeEvents();
    final CodeLinks links = new CodeLinks(clock);
    final Handler handler;

    private TestApi(boolean atOnce, Optional<S3Source> s3) {
        this(new FakeCatalog(), new FakePackages(), atOnce, s3);
    }

    private TestApi(Catalog catalog, CodePackages packages, boolean atOnce, Optional<S3Source> s3) {
        this(catalog, packages, atOnce, s3, Limits.AWS);
    }

    private TestApi(Catalog catalog, CodePackages packages, boolean atOnce, Optional<S3Source> s3, Limits limits) {
        this.catalog = catalog;
        this.packages = packages;
        engine = new FakeEngine(catalog, atOnce);
        var scope = new Scope("aws", "us-east-1", "111111111111");
        handler = new NeverThrow(new LambdaApi(
                new LambdaApi.Parts(catalog, packages, engine, scope, limits, clock, links, s3, events, false)));
    }

    /// Deployments finish at once.
    static TestApi ready() {
        return new TestApi(true, Optional.empty());
    }

    /// Deployments finish at once; other limits than AWS's.
    static TestApi limited(Limits limits) {
        return new TestApi(new FakeCatalog(), new FakePackages(), true, Optional.empty(), limits);
    }

    /// Over another catalog and code store; deployments finish when the engine is told to settle.
    static TestApi pending(Catalog catalog, CodePackages packages) {
        return new TestApi(catalog, packages, false, Optional.empty());
    }

    /// Deployments finish when the engine is told to settle.
    static TestApi pending() {
        return new TestApi(false, Optional.empty());
    }

    static TestApi withS3(S3Source s3) {
        return new TestApi(true, Optional.of(s3));
    }

    static TestApi pendingWithS3(S3Source s3) {
        return new TestApi(false, Optional.of(s3));
    }

    /// An answer, its body read.
    record Answer(int status, Map<String, String> headers, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return MAPPER.readTree(bytes);
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    Answer send(String method, String target, String body) {
        return send(method, target, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    Answer send(String method, String target, Map<String, String> headers, byte[] body) {
        return send(handler, method, target, headers, body);
    }

    static Answer send(Handler handler, String method, String target, Map<String, String> headers, byte[] body) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        all.put("Host", "127.0.0.1:9000");
        all.putAll(headers);
        try {
            return answer(handler.handle(Request.of(method, path, query, Headers.of(all), body)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer answer(Response response) throws IOException {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        response.headers().forEach(field -> headers.put(field.name(), field.value()));
        byte[] body = switch (response.body()) {
            case Response.Body.Bytes(byte[] bytes) -> bytes;
            case Response.Body.Stream(Response.Writer writer) -> {
                var out = new ByteArrayOutputStream();
                writer.writeTo(out);
                yield out.toByteArray();
            }
        };
        return new Answer(response.status(), headers, body);
    }

    Answer get(String target) {
        return send("GET", target, "");
    }

    Answer delete(String target) {
        return send("DELETE", target, "");
    }

    Answer invoke(String name, String payload) {
        return send("POST", "/2015-03-31/functions/" + name + "/invocations", payload);
    }

    Answer create(String name) {
        return create(name, "");
    }

    /// @param more members after the usual ones, starting with a comma
    Answer create(String name, String more) {
        return send("POST", "/2015-03-31/functions", """
                {"FunctionName": "%s", "Runtime": "python3.12", "Role": "%s", "Handler": "index.handler",
                 "Code": {"ZipFile": "%s"}%s}""".formatted(name, ROLE, zip("one"), more));
    }

    /// A zip in Base64 that differs with its content.
    static String zip(String content) {
        return java.util.Base64.getEncoder().encodeToString(zipBytes(content));
    }

    static byte[] zipBytes(String content) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var entry = new ZipEntry("index.py");
            entry.setTimeLocal(java.time.LocalDateTime.of(2026, 1, 1, 0, 0));
            zip.putNextEntry(entry);
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
