package dev.hearth.server;

import dev.hearth.catalog.Catalog;
import dev.hearth.engine.FunctionEngine;
import dev.hearth.http.Handler;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Origin;
import dev.hearth.model.VersionState;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// `POST /_hearth/functions/{name}/arrange?origin=…[&Qualifier=…]`: makes the next invocation of a version have an
/// origin, for measuring starts. It ends idle instances, so it belongs behind the same signature check as the Lambda
/// API.
///
/// | answer | when |
/// |---|---|
/// | 200 `{"function": …, "version": …, "origin": …}` | the origin that the next invocation will have, which is another
/// one where the host or the version cannot have the one asked for |
/// | 400 | no such origin, or a version that cannot be invoked |
/// | 404 | no such function, version or alias |
/// | 405 | not a POST |
record Arrangements(Catalog catalog, FunctionEngine engine) implements Handler {
    static final String PREFIX = "/_hearth/functions/";
    private static final String SUFFIX = "/arrange";

    @Override
    public Response handle(Request request) {
        String path = request.path();
        if (!path.startsWith(PREFIX) || !path.endsWith(SUFFIX) || path.length() <= PREFIX.length() + SUFFIX.length()) {
            return problem(404, "There is no " + path + "; there is " + PREFIX + "{name}" + SUFFIX + ".");
        }
        if (!request.method().equals("POST")) {
            return problem(405, path + " takes POST, not " + request.method() + ".");
        }
        String name = decode(path.substring(PREFIX.length(), path.length() - SUFFIX.length()));
        Map<String, String> query = query(request.query());
        Optional<Origin> origin = origin(query.getOrDefault("origin", ""));
        if (origin.isEmpty()) {
            return problem(
                    400,
                    "There is no origin '" + query.getOrDefault("origin", "") + "'; the query's origin is one of "
                            + Arrays.stream(Origin.values()).map(Origin::label).collect(Collectors.joining(", "))
                            + ".");
        }
        return arrange(name, query.getOrDefault("Qualifier", FunctionVersion.LATEST), origin.get());
    }

    private Response arrange(String name, String qualifier, Origin wanted) {
        Optional<FunctionVersion> found = catalog.resolve(name, qualifier).map(resolution -> resolution.primary());
        if (found.isEmpty()) {
            return problem(404, "There is no function '" + name + "' with version or alias '" + qualifier + "'.");
        }
        FunctionVersion version = found.get();
        if (!(version.state() instanceof VersionState.Active)) {
            return problem(
                    400,
                    "'" + name + "' version " + version.version() + " is "
                            + version.state().awsName() + ": only an Active one can be invoked.");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("function", name);
        answer.put("version", version.version());
        answer.put("origin", engine.arrange(version, wanted).label());
        return json(200, answer);
    }

    private static Optional<Origin> origin(String label) {
        return Arrays.stream(Origin.values())
                .filter(origin -> origin.label().equals(label))
                .findFirst();
    }

    private static Map<String, String> query(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                parameters.put(decode(parts[0]), decode(parts[1]));
            }
        }
        return parameters;
    }

    /// What is not percent-encoding stands for itself: it names nothing.
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static Response problem(int status, String message) {
        return json(status, Map.of("message", message));
    }

    private static Response json(int status, Object value) {
        return Response.of(status, "application/json", JsonMapper.shared().writeValueAsBytes(value));
    }
}
