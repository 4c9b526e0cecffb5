package dev.hearth.lambdaapi;

import dev.hearth.http.Request;
import dev.hearth.http.Response;
import java.nio.charset.StandardCharsets;

/// A store that speaks S3's GetObject: the bucket `bucket` with a few packages.
final class FakeStore {
    private FakeStore() {}

    static Response answer(Request request) {
        if (!request.path().startsWith("/bucket/")) {
            return refused("NoSuchBucket", "The specified bucket does not exist");
        }
        return switch (request.path()) {
            case "/bucket/one.zip", "/bucket/a%20b/%C3%A4.zip" -> zip("one");
            case "/bucket/two.zip" -> zip("two");
            default -> refused("NoSuchKey", "The specified key does not exist.");
        };
    }

    private static Response zip(String content) {
        return Response.of(200, "application/zip", TestApi.zipBytes(content));
    }

    private static Response refused(String code, String message) {
        String xml =
                "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, message);
        return Response.of(404, "application/xml", xml.getBytes(StandardCharsets.UTF_8));
    }
}
