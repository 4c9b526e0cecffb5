package dev.hearth.lambdaapi;

import dev.hearth.http.Query;
import dev.hearth.http.Request;
import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.Limits;
import dev.hearth.model.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A routed request while it is being parsed: its path parameters, query and body, and what all parsers share.
///
/// @param operation AWS's name of the operation
/// @param path      the path parameters, decoded, by the name in the route
record Call(Request request, String operation, Map<String, String> path, Query query, Scope scope, Limits limits) {
    /// The most that AWS puts on one page, whatever the caller asks for.
    static final int PAGE = 50;

    String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("the route of " + operation + " has no parameter " + name);
        }
        return value;
    }

    Fields body() throws IOException {
        return BodyReader.read(request, operation);
    }

    FunctionNames names() {
        return new FunctionNames(scope);
    }

    /// The function in the path where a qualifier may stand in the query, too.
    FunctionRef qualifiedFunction() {
        return names().namespaced(path("FunctionName"), query.first("Qualifier"), new Violations());
    }

    /// The function in the path where AWS reads it as for invocations, its qualifier of no meaning.
    FunctionRef namespacedFunction() {
        FunctionRef ref = names().namespaced(path("FunctionName"), Optional.empty(), new Violations());
        return new FunctionRef(ref.arn(), Optional.empty());
    }

    /// The function in the path, its qualifier of no meaning.
    FunctionRef function() {
        FunctionRef ref = names().function(path("FunctionName"), Optional.empty(), new Violations());
        return new FunctionRef(ref.arn(), Optional.empty());
    }

    /// The function in the path, which must not be a version or alias.
    FunctionRef unqualifiedFunction() {
        return names().function(path("FunctionName"), Optional.empty(), new Violations())
                .unqualified();
    }

    /// @param max the largest `MaxItems` AWS accepts for this list
    LambdaOperation.Page page(int max, Violations violations) {
        OptionalInt maxItems = OptionalInt.empty();
        Optional<String> given = query.first("MaxItems");
        if (given.isPresent()) {
            int value = integer("MaxItems", given.get());
            violations.range("maxItems", value, 1, max);
            maxItems = OptionalInt.of(value);
        }
        return new LambdaOperation.Page(query.first("Marker").map(Call::marker).orElse(""), maxItems);
    }

    long number(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new ApiException(
                    ErrorCode.SERIALIZATION, "'%s' of '%s' can not be converted to a Long".formatted(value, name), e);
        }
    }

    private int integer(String name, String value) {
        return Math.clamp(number(name, value), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /// The URL under which the caller reached this server.
    String endpoint() {
        return "http://" + request.headers().first("Host").orElse("localhost");
    }

    private static String marker(String marker) {
        try {
            return new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Invalid pagination token provided: use the NextMarker of an earlier answer",
                    e);
        }
    }

    /// Reads the value of a header that must be one of a few.
    static String chosen(Request request, String header, String member, List<String> values) {
        Optional<String> given = request.headers().first(header);
        if (given.isPresent() && !values.contains(given.get())) {
            var violations = new Violations();
            violations.oneOf(member, given.get(), values);
            violations.throwIfAny();
        }
        return given.orElse("");
    }
}
