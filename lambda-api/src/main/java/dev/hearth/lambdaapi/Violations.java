package dev.hearth.lambdaapi;

import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Collects what is wrong with the members of a request and says it in AWS's words, all at once.
///
/// Each check takes the member's name as AWS writes it (`functionName`, `snapStart.applyOn`) and does nothing when
/// the value is within bounds.
final class Violations {
    private final List<String> found = new ArrayList<>();

    /// @throws ApiException ValidationException that names every violation, when there is one
    void throwIfAny() {
        if (!found.isEmpty()) {
            String title = found.size() == 1
                    ? "1 validation error detected: "
                    : found.size() + " validation errors detected: ";
            throw new ApiException(ErrorCode.VALIDATION, title + String.join("; ", found));
        }
    }

    void add(String member, Object value, String constraint) {
        found.add("Value '%s' at '%s' failed to satisfy constraint: %s".formatted(value, member, constraint));
    }

    /// Notes a required member that is not there.
    void required(String member, Optional<?> value) {
        if (value.isEmpty()) {
            missing(member);
        }
    }

    void missing(String member) {
        found.add("Value null at '" + member + "' failed to satisfy constraint: Member must not be null");
    }

    void length(String member, String value, int min, int max) {
        if (value.length() < min) {
            add(member, value, "Member must have length greater than or equal to " + min);
        } else if (value.length() > max) {
            add(member, value, "Member must have length less than or equal to " + max);
        }
    }

    void size(String member, Collection<?> values, int max) {
        if (values.size() > max) {
            add(member, values, "Member must have length less than or equal to " + max);
        }
    }

    void matches(String member, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            add(member, value, "Member must satisfy regular expression pattern: " + pattern.pattern());
        }
    }

    void oneOf(String member, String value, Collection<String> values) {
        if (!values.contains(value)) {
            add(member, value, enumConstraint(values));
        }
    }

    void eachOneOf(String member, List<String> elements, Collection<String> values) {
        if (!values.containsAll(elements)) {
            add(
                    member,
                    elements,
                    "Member must satisfy constraint: [" + enumConstraint(values) + ", Member must not be null]");
        }
    }

    void range(String member, long value, long min, long max) {
        if (value < min) {
            add(member, value, "Member must have value greater than or equal to " + min);
        } else if (value > max) {
            add(member, value, "Member must have value less than or equal to " + max);
        }
    }

    void keys(String member, Map<String, ?> map, Pattern pattern) {
        if (!map.keySet().stream().allMatch(key -> pattern.matcher(key).matches())) {
            add(
                    member,
                    map,
                    "Map keys must satisfy constraint: [Member must satisfy regular expression pattern: "
                            + pattern.pattern() + "]");
        }
    }

    static String enumConstraint(Collection<String> values) {
        return "Member must satisfy enum value set: [" + String.join(", ", values) + "]";
    }
}
