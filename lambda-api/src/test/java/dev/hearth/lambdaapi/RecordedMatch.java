package dev.hearth.lambdaapi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Compares an answer with a recorded one, field by field. Numbered references (`<uuid:1>`) are bound to what stands in
/// their place: the same reference must stand for the same value, two of a kind for two values. References without a
/// number stand for anything.
final class RecordedMatch {
    private static final Pattern REFERENCE = Pattern.compile("<([a-zA-Z0-9_-]+)(:\\d+)?>");
    private static final Pattern RUN = Pattern.compile("<a:len\\((\\d+)\\)>");
    private static final String DATE = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0000";

    private final Map<String, String> bound = new HashMap<>();

    /// What differs; empty when nothing does.
    List<String> differences(JsonNode recorded, JsonNode actual) {
        var found = new ArrayList<String>();
        compare("", recorded, actual, found);
        return found;
    }

    /// What a reference stands for.
    String value(String reference) {
        return bound.getOrDefault(reference, "unbound " + reference);
    }

    private void compare(String path, JsonNode recorded, JsonNode actual, List<String> found) {
        if (recorded.isString() && isAnything(path, recorded.asString())) {
            return;
        }
        if (recorded.isObject() && actual.isObject()) {
            recorded.propertyNames().forEach(name -> {
                if (actual.has(name)) {
                    compare(path + "/" + name, recorded.get(name), actual.get(name), found);
                } else {
                    found.add(path + "/" + name + " is missing; recorded " + recorded.get(name));
                }
            });
            actual.propertyNames().stream()
                    .filter(name -> !recorded.has(name))
                    .forEach(name -> found.add(path + "/" + name + " was not recorded; is " + actual.get(name)));
        } else if (recorded.isArray() && actual.isArray() && recorded.size() == actual.size()) {
            for (int i = 0; i < recorded.size(); i++) {
                compare(path + "/" + i, recorded.get(i), actual.get(i), found);
            }
        } else if (recorded.isString() && actual.isString()) {
            compareText(path, recorded.asString(), actual.asString(), found);
        } else if (!recorded.equals(actual)) {
            found.add(path + ": recorded " + recorded + " but is " + actual);
        }
    }

    private static boolean isAnything(String path, String recorded) {
        return switch (recorded) {
            case "<code-size>" -> true;
            case "code-sha256" -> path.endsWith("/CodeSha256");
            case "log-result" -> path.endsWith("/LogResult");
            default -> false;
        };
    }

    private void compareText(String path, String recorded, String actual, List<String> found) {
        if (recorded.equals("date")) {
            if (!actual.matches(DATE)) {
                found.add(path + ": not a date: " + actual);
            }
            return;
        }
        var references = new ArrayList<String>();
        Matcher matcher = Pattern.compile(pattern(expand(recorded), references), Pattern.DOTALL)
                .matcher(actual);
        if (!matcher.matches()) {
            found.add(path + ": recorded '" + recorded + "' but is '" + actual + "'");
            return;
        }
        for (int i = 0; i < references.size(); i++) {
            bind(path, references.get(i), matcher.group(i + 1), found);
        }
    }

    private void bind(String path, String reference, String value, List<String> found) {
        String before = bound.putIfAbsent(reference, value);
        if (before != null && !before.equals(value)) {
            found.add(path + ": <" + reference + "> was " + before + " and is now " + value);
        }
        String kind = reference.substring(0, reference.indexOf(':'));
        bound.forEach((other, otherValue) -> {
            if (!other.equals(reference) && other.startsWith(kind + ":") && otherValue.equals(value)) {
                found.add(path + ": <" + reference + "> and <" + other + "> are both " + value);
            }
        });
    }

    /// A pattern whose groups are the numbered references.
    private static String pattern(String recorded, List<String> references) {
        var pattern = new StringBuilder();
        Matcher reference = REFERENCE.matcher(recorded);
        int end = 0;
        while (reference.find()) {
            pattern.append(Pattern.quote(recorded.substring(end, reference.start())));
            if (reference.group(2) == null) {
                pattern.append(".*");
            } else {
                pattern.append("([A-Za-z0-9_/+=-]+)");
                references.add(reference.group(1) + reference.group(2));
            }
            end = reference.end();
        }
        return pattern.append(Pattern.quote(recorded.substring(end))).toString();
    }

    /// Fills in what is the same everywhere.
    static String expand(String recorded) {
        String text = recorded.replace("<partition>", "aws").replace("<region>", "us-east-1");
        return RUN.matcher(text).replaceAll(run -> "a".repeat(Integer.parseInt(run.group(1))));
    }
}
