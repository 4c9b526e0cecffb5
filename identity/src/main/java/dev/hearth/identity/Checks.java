package dev.hearth.identity;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What IAM's model asks of parameters, in its words (recorded from AWS where a recording has them).
final class Checks {
    static final int TAGS_MAX = 50;

    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");
    private static final Pattern PATH = Pattern.compile("/|/[\\u0021-\\u007E]+/");
    private static final Pattern DESCRIPTION = Pattern.compile("[\\t\\n\\r\\u0020-\\u007E\\u00A1-\\u00FF]*");
    private static final Pattern TAG_KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");
    private static final Pattern TAG_VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final int PATH_MAX = 512;
    private static final int DESCRIPTION_MAX = 1_000;

    private Checks() {}

    /// A required parameter.
    static String required(Form form, String name) {
        return form.text(name).orElseThrow(() -> violation("Value null", name, "Member must not be null"));
    }

    /// A name of a role or a policy.
    static String name(Form form, String parameter, int max) {
        String name = required(form, parameter);
        length(parameter, name, 1, max);
        if (!NAME.matcher(name).matches()) {
            throw QueryError.validation("The specified value for " + lower(parameter)
                    + " is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");
        }
        return name;
    }

    static String path(Form form) {
        String path = form.text("Path", "/");
        length("Path", path, 1, PATH_MAX);
        if (!PATH.matcher(path).matches()) {
            throw QueryError.validation("The specified value for path is invalid. It must begin and end with / and"
                    + " contain only alphanumeric characters and/or / characters.");
        }
        return path;
    }

    static Optional<String> description(Form form) {
        Optional<String> description = form.text("Description");
        description.ifPresent(text -> {
            length("Description", text, 0, DESCRIPTION_MAX);
            matches("Description", text, DESCRIPTION);
        });
        return description;
    }

    /// A number within bounds.
    static Optional<Integer> number(Form form, String parameter, int min, int max) {
        return form.text(parameter).map(text -> {
            if (!NUMBER.matcher(text).matches()) {
                throw new QueryError(
                        400, "MalformedInput", "Value '" + text + "' of " + parameter + " must be a whole number");
            }
            int number = Integer.parseInt(text);
            if (number < min) {
                throw violation(parameter, "Member must have value greater than or equal to " + min);
            }
            if (number > max) {
                throw violation(parameter, "Member must have value less than or equal to " + max);
            }
            return number;
        });
    }

    static Duration maxSession(Form form, Duration byDefault) {
        return number(form, "MaxSessionDuration", 3_600, 43_200)
                .map(Duration::ofSeconds)
                .orElse(byDefault);
    }

    static void length(String parameter, String value, int min, int max) {
        if (value.length() < min) {
            throw violation(parameter, "Member must have length greater than or equal to " + min);
        }
        if (value.length() > max) {
            throw violation(parameter, "Member must have length less than or equal to " + max);
        }
    }

    static void matches(String parameter, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw violation(parameter, "Member must satisfy regular expression pattern: " + pattern.pattern());
        }
    }

    /// The tags of a request, in order; no key twice.
    static Map<String, String> tags(Form form) {
        List<Form.Tag> given = form.tags("Tags");
        if (given.size() > TAGS_MAX) {
            throw violation("Tags", "Member must have length less than or equal to " + TAGS_MAX);
        }
        var tags = new LinkedHashMap<String, String>();
        var seen = new java.util.HashSet<String>();
        for (Form.Tag tag : given) {
            String member = "tags." + (tags.size() + 1) + ".member.";
            length(member + "key", tag.key(), 1, 128);
            matches(member + "key", tag.key(), TAG_KEY);
            length(member + "value", tag.value(), 0, 256);
            matches(member + "value", tag.value(), TAG_VALUE);
            if (!seen.add(tag.key().toLowerCase(Locale.ROOT))) {
                throw QueryError.invalidInput(
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            tags.put(tag.key(), tag.value());
        }
        return tags;
    }

    private static QueryError violation(String parameter, String constraint) {
        return violation("Value", parameter, constraint);
    }

    static QueryError violation(String value, String parameter, String constraint) {
        return QueryError.validation("1 validation error detected: " + value + " at '" + lower(parameter)
                + "' failed to satisfy constraint: " + constraint);
    }

    /// Parameters as AWS's messages name them: `roleName`.
    private static String lower(String parameter) {
        return Character.toLowerCase(parameter.charAt(0)) + parameter.substring(1);
    }
}
