package dev.hearth.lambdaapi;

import dev.hearth.model.CorsConfig;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Parses requests about function URLs.
final class FunctionUrlRequests {
    private static final List<String> AUTH_TYPES = List.of("NONE", "AWS_IAM");
    private static final List<String> INVOKE_MODES = List.of("RESPONSE_STREAM", "BUFFERED");
    private static final int HEADERS_MAX = 100;
    private static final int METHODS_MAX = 6;
    private static final int MAX_AGE_MAX = 86_400;

    private FunctionUrlRequests() {}

    static LambdaOperation create(Call call) throws IOException {
        Fields body = call.body();
        var violations = new Violations();
        Optional<String> authType = authType(body, violations);
        violations.required("authType", authType);
        Optional<String> invokeMode = invokeMode(body, violations);
        Optional<CorsConfig> cors = body.object("Cors").map(fields -> cors(fields, violations));
        FunctionRef function = function(call, violations);
        return new LambdaOperation.CreateFunctionUrlConfig(
                function, authType.orElseThrow(), invokeMode.orElse("BUFFERED"), cors, call.endpoint());
    }

    static LambdaOperation get(Call call) {
        return new LambdaOperation.GetFunctionUrlConfig(function(call, new Violations()), call.endpoint());
    }

    static LambdaOperation update(Call call) throws IOException {
        Fields body = call.body();
        var violations = new Violations();
        Optional<String> authType = authType(body, violations);
        Optional<String> invokeMode = invokeMode(body, violations);
        Optional<CorsConfig> cors = body.object("Cors").map(fields -> cors(fields, violations));
        FunctionRef function = function(call, violations);
        return new LambdaOperation.UpdateFunctionUrlConfig(function, authType, invokeMode, cors, call.endpoint());
    }

    static LambdaOperation delete(Call call) {
        return new LambdaOperation.DeleteFunctionUrlConfig(function(call, new Violations()));
    }

    static LambdaOperation list(Call call) {
        FunctionRef function = call.function();
        var violations = new Violations();
        LambdaOperation.Page page = call.page(Call.PAGE, violations);
        violations.throwIfAny();
        return new LambdaOperation.ListFunctionUrlConfigs(function, page, call.endpoint());
    }

    /// Throws all violations. A version has no URL: the pattern lets aliases pass alone.
    private static FunctionRef function(Call call, Violations violations) {
        return call.names()
                .function(
                        call.path("FunctionName"), call.query().first("Qualifier"), violations, Patterns.URL_QUALIFIER);
    }

    private static Optional<String> authType(Fields body, Violations violations) {
        Optional<String> type = body.string("AuthType");
        type.ifPresent(value -> violations.oneOf("authType", value, AUTH_TYPES));
        return type;
    }

    private static Optional<String> invokeMode(Fields body, Violations violations) {
        Optional<String> mode = body.string("InvokeMode");
        mode.ifPresent(value -> violations.oneOf("invokeMode", value, INVOKE_MODES));
        return mode;
    }

    private static CorsConfig cors(Fields cors, Violations violations) {
        Optional<Integer> maxAge = cors.integer("MaxAge");
        maxAge.ifPresent(value -> violations.range("cors.maxAge", value, 0, MAX_AGE_MAX));
        return new CorsConfig(
                cors.optionalFlag("AllowCredentials"),
                names(cors, "AllowHeaders", HEADERS_MAX, violations),
                names(cors, "AllowMethods", METHODS_MAX, violations),
                names(cors, "AllowOrigins", HEADERS_MAX, violations),
                names(cors, "ExposeHeaders", HEADERS_MAX, violations),
                maxAge);
    }

    private static Optional<List<String>> names(Fields cors, String member, int max, Violations violations) {
        Optional<List<String>> names = cors.strings(member);
        String path = "cors." + Character.toLowerCase(member.charAt(0)) + member.substring(1);
        names.ifPresent(values -> violations.size(path, values, max));
        return names;
    }
}
