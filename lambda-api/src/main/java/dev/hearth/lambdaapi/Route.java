package dev.hearth.lambdaapi;

import dev.hearth.http.PercentEncoding;
import dev.hearth.http.Query;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One operation of the Lambda API: where it is and how its request is parsed.
///
/// @param method    the HTTP method
/// @param segments  the path's segments; `{Name}` stands for any one
/// @param marker    a query parameter that the request must have, as `name=value`; empty for none
/// @param operation AWS's name of it
/// @param parser    makes the operation of the request; empty where Hearth does not have it
/// @param state     what Hearth does with it
record Route(
        String method, List<String> segments, String marker, String operation, Optional<Parser> parser, State state) {

    /// What an operation does here; docs/operations.md shows the word.
    enum State {
        /// All of it is done.
        WORKS("works"),
        /// What is asked for is checked, kept and shown, but changes nothing yet.
        STORED("stored"),
        /// Hearth does not have what it is about, and does not plan to.
        REFUSED("refused");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /// Makes an operation of a request, or throws an ApiException that says what is wrong with it.
    @FunctionalInterface
    interface Parser {
        LambdaOperation parse(Call call) throws IOException;
    }

    /// @param path as in AWS's model: `/2015-03-31/functions/{FunctionName}`, perhaps with `?name=value`
    static Route works(String method, String path, String operation, Parser parser) {
        return of(method, path, operation, Optional.of(parser), State.WORKS);
    }

    static Route stored(String method, String path, String operation, Parser parser) {
        return of(method, path, operation, Optional.of(parser), State.STORED);
    }

    static Route refused(String method, String path, String operation) {
        return of(method, path, operation, Optional.empty(), State.REFUSED);
    }

    private static Route of(String method, String path, String operation, Optional<Parser> parser, State state) {
        int question = path.indexOf('?');
        String plain = question < 0 ? path : path.substring(0, question);
        String marker = question < 0 ? "" : path.substring(question + 1);
        return new Route(method, List.of(plain.substring(1).split("/")), marker, operation, parser, state);
    }

    /// Whether a path leads here, whatever its method.
    ///
    /// @param path the segments, not decoded
    boolean leadsTo(List<String> path, Query query) {
        if (path.size() != segments.size() || !hasMarker(query)) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            if (!isParameter(segments.get(i)) && !segments.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// The path parameters of a request that this route leads to, decoded.
    Map<String, String> parameters(List<String> path) {
        var parameters = new HashMap<String, String>();
        for (int i = 0; i < path.size(); i++) {
            String segment = segments.get(i);
            if (isParameter(segment)) {
                parameters.put(segment.substring(1, segment.length() - 1), PercentEncoding.decode(path.get(i)));
            }
        }
        return parameters;
    }

    private boolean hasMarker(Query query) {
        if (marker.isEmpty()) {
            return true;
        }
        int equals = marker.indexOf('=');
        return query.first(marker.substring(0, equals))
                .filter(marker.substring(equals + 1)::equals)
                .isPresent();
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }
}
