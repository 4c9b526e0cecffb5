package dev.hearth.lambdaapi;

import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Parses requests about tags. Only functions have tags here.
final class TagRequests {
    private TagRequests() {}

    static LambdaOperation tag(Call call) throws IOException {
        FunctionRef function = function(call);
        Optional<Map<String, String>> tags = call.body().stringMap("Tags");
        if (tags.isEmpty()) {
            var violations = new Violations();
            violations.missing("tags");
            violations.throwIfAny();
        }
        return new LambdaOperation.TagResource(function, tags.orElse(Map.of()));
    }

    static LambdaOperation untag(Call call) {
        FunctionRef function = function(call);
        List<String> keys = call.query().all("tagKeys");
        if (keys.isEmpty()) {
            var violations = new Violations();
            violations.missing("tagKeys");
            violations.throwIfAny();
        }
        return new LambdaOperation.UntagResource(function, keys);
    }

    static LambdaOperation list(Call call) {
        return new LambdaOperation.ListTags(function(call));
    }

    private static FunctionRef function(Call call) {
        String arn = call.path("Resource");
        var violations = new Violations();
        violations.length("resource", arn, 1, 256);
        violations.matches("resource", arn, Patterns.TAGGABLE);
        violations.throwIfAny();
        if (!arn.contains(":function:")) {
            throw new ApiException(
                    ErrorCode.NOT_IMPLEMENTED,
                    "Cannot work on the tags of '" + arn + "': Hearth has tags for functions only.");
        }
        FunctionRef function = call.names().function(arn, Optional.empty(), new Violations());
        if (function.qualifier().isPresent()) {
            throw new ApiException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Tags on function aliases and versions are not supported. Please specify either a function name or"
                            + " an unqualified function ARN.");
        }
        return function;
    }
}
