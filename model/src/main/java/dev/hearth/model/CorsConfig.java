package dev.hearth.model;

import java.util.List;
import java.util.Optional;

/// Cross-origin settings of a function URL; what is empty was not sent, and is not shown.
public record CorsConfig(
        Optional<Boolean> allowCredentials,
        Optional<List<String>> allowHeaders,
        Optional<List<String>> allowMethods,
        Optional<List<String>> allowOrigins,
        Optional<List<String>> exposeHeaders,
        Optional<Integer> maxAgeSeconds) {
    public CorsConfig {
        allowHeaders = allowHeaders.map(List::copyOf);
        allowMethods = allowMethods.map(List::copyOf);
        allowOrigins = allowOrigins.map(List::copyOf);
        exposeHeaders = exposeHeaders.map(List::copyOf);
    }
}
