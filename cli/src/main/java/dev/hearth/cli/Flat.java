package dev.hearth.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Compares nested settings by their leaves: `Environment.Variables.TABLE` and its text.
final class Flat {
    private Flat() {}

    /// The leaves of a value by their paths. Lists of plain values are one leaf, empty ones and empty texts are none.
    static Map<String, String> leaves(@Nullable Object value) {
        var leaves = new LinkedHashMap<String, String>();
        collect("", value, leaves);
        return leaves;
    }

    private static void collect(String path, @Nullable Object value, Map<String, String> leaves) {
        switch (value) {
            case null -> {}
            case Json json -> collect(path, json.value(), leaves);
            case Map<?, ?> map ->
                map.forEach((key, member) -> collect(path.isEmpty() ? "" + key : path + "." + key, member, leaves));
            case List<?> list when list.isEmpty() -> {}
            case List<?> list ->
                leaves.put(
                        path,
                        String.join(", ", list.stream().map(String::valueOf).toList()));
            default -> {
                if (!value.toString().isEmpty()) {
                    leaves.put(path, number(value));
                }
            }
        }
    }

    /// 0.10 and 0.1 are the same weight.
    private static String number(Object value) {
        return value instanceof java.math.BigDecimal decimal
                ? decimal.stripTrailingZeros().toPlainString()
                : value.toString();
    }

    /// Where two values differ.
    static List<Difference> differences(@Nullable Object from, @Nullable Object to) {
        Map<String, String> before = leaves(from);
        Map<String, String> after = leaves(to);
        var differences = new ArrayList<Difference>();
        var paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        for (String path : paths) {
            String old = before.getOrDefault(path, "");
            String wanted = after.getOrDefault(path, "");
            if (!old.equals(wanted)) {
                differences.add(new Difference(path, old, wanted));
            }
        }
        return differences;
    }

    /// A JSON object whose members are texts.
    static Map<String, String> texts(@Nullable Object value) {
        var texts = new LinkedHashMap<String, String>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> texts.put(String.valueOf(key), String.valueOf(member)));
        }
        return texts;
    }
}
