package dev.hearth.lambdaapi;

import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.model.CorsConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Cross-origin headers of a function URL that has settings for them: they stand in place of the function's own.
/// Preflight requests are answered without the function, as on AWS.
final class Cors {
    private static final String PREFIX = "Access-Control-";

    private Cors() {}

    static boolean isPreflight(Request request) {
        return request.method().equals("OPTIONS")
                && request.headers().first("Origin").isPresent()
                && request.headers().first("Access-Control-Request-Method").isPresent();
    }

    static Response preflight(CorsConfig cors, Request request) {
        var headers = new ArrayList<Response.Field>();
        allowed(cors, request).ifPresent(origin -> {
            addOrigin(headers, cors, origin);
            add(headers, "Allow-Methods", cors.allowMethods());
            add(headers, "Allow-Headers", cors.allowHeaders());
            cors.maxAgeSeconds()
                    .ifPresent(seconds -> headers.add(new Response.Field(PREFIX + "Max-Age", seconds.toString())));
        });
        return new Response(200, headers, new Response.Body.Bytes(new byte[0]));
    }

    static Response on(Response answer, CorsConfig cors, Request request) {
        var headers = new ArrayList<>(answer.headers().stream()
                .filter(field -> !field.name().toLowerCase(Locale.ROOT).startsWith(PREFIX.toLowerCase(Locale.ROOT)))
                .toList());
        allowed(cors, request).ifPresent(origin -> {
            addOrigin(headers, cors, origin);
            add(headers, "Expose-Headers", cors.exposeHeaders());
        });
        return new Response(answer.status(), headers, answer.body());
    }

    /// The origin to allow: the caller's where it is one of those allowed.
    private static Optional<String> allowed(CorsConfig cors, Request request) {
        List<String> origins = cors.allowOrigins().orElse(List.of());
        return request.headers()
                .first("Origin")
                .filter(origin -> origins.contains("*") || origins.contains(origin) || matches(origins, origin));
    }

    /// `https://*.example.com`, as AWS allows in origins.
    private static boolean matches(List<String> origins, String origin) {
        return origins.stream().anyMatch(pattern -> {
            int star = pattern.indexOf('*');
            return star > 0
                    && origin.length() >= pattern.length()
                    && origin.startsWith(pattern.substring(0, star))
                    && origin.endsWith(pattern.substring(star + 1));
        });
    }

    private static void addOrigin(List<Response.Field> headers, CorsConfig cors, String origin) {
        boolean credentials = cors.allowCredentials().orElse(false);
        boolean any = cors.allowOrigins().orElse(List.of()).contains("*");
        // Browsers refuse the star together with credentials.
        headers.add(new Response.Field(PREFIX + "Allow-Origin", any && !credentials ? "*" : origin));
        headers.add(new Response.Field("Vary", "Origin"));
        if (credentials) {
            headers.add(new Response.Field(PREFIX + "Allow-Credentials", "true"));
        }
    }

    private static void add(List<Response.Field> headers, String name, Optional<List<String>> values) {
        values.filter(list -> !list.isEmpty())
                .ifPresent(list -> headers.add(new Response.Field(PREFIX + name, String.join(",", list))));
    }
}
