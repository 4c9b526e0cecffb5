package dev.hearth.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `$.a.b[0]`, `$["a b"]`, `$.list[*]`.
///
/// @param steps member names, and indexes in brackets
record JsonPath(List<String> steps) {
    private static final Pattern STEP = Pattern.compile("\\.([\\w-]+)|\\[(\\d+|\\*)]|\\[[\"']([^\"']+)[\"']]");
    private static final int LONGEST_INDEX = 9;

    static JsonPath parse(String path) {
        var steps = new ArrayList<String>();
        Matcher matcher = STEP.matcher(path);
        while (matcher.find()) {
            String index = matcher.group(2);
            String name = matcher.group(1) == null ? matcher.group(3) : matcher.group(1);
            steps.add(index == null ? name : "[" + index);
        }
        return new JsonPath(List.copyOf(steps));
    }

    /// All values it leads to.
    List<Json> find(Json json) {
        List<Json> found = List.of(json);
        for (String step : steps) {
            found = found.stream()
                    .flatMap(value -> follow(value, step).stream())
                    .toList();
        }
        return found;
    }

    private static List<Json> follow(Json value, String step) {
        if (!step.startsWith("[")) {
            return value.member(step).map(List::of).orElse(List.of());
        }
        if (!(value instanceof Json.Elements(List<Json> elements))) {
            return List.of();
        }
        String index = step.substring(1);
        if (index.equals("*")) {
            return elements;
        }
        Optional<Integer> at = index.length() > LONGEST_INDEX ? Optional.empty() : Optional.of(Integer.valueOf(index));
        return at.filter(i -> i < elements.size())
                .map(i -> List.of(elements.get(i)))
                .orElse(List.of());
    }
}
