package dev.hearth.sam;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes plain values as YAML that every YAML reads alike: what YAML 1.1 or 1.2 could take for something else than
/// text is
/// quoted.
public final class TemplateWriter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./:$-]*[A-Za-z0-9_/$]|[A-Za-z]");
    private static final Set<String> NOT_TEXT = Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

    private final StringBuilder out = new StringBuilder();

    private TemplateWriter() {}

    /// A mapping of [Map], [List], [String], [Number] and [Boolean] as a YAML document.
    public static String write(Map<String, ?> template) {
        var writer = new TemplateWriter();
        writer.mapping(template, 0);
        return writer.out.toString();
    }

    private void mapping(Map<?, ?> map, int indent) {
        map.forEach((key, value) -> {
            out.repeat(" ", indent).append(scalar(key)).append(':');
            member(value, indent);
        });
    }

    private void member(@Nullable Object value, int indent) {
        switch (value) {
            case Map<?, ?> map
            when reference(map) != null ->
                out.append(" !Ref ").append(reference(map)).append('\n');
            case Map<?, ?> map
            when !map.isEmpty() -> {
                out.append('\n');
                mapping(map, indent + 2);
            }
            case List<?> list
            when !list.isEmpty() -> {
                out.append('\n');
                list.forEach(item -> item(item, indent + 2));
            }
            case null, default -> out.append(' ').append(scalar(value)).append('\n');
        }
    }

    private void item(@Nullable Object item, int indent) {
        out.repeat(" ", indent).append('-');
        member(item, indent);
    }

    private static @Nullable Object reference(Map<?, ?> map) {
        return map.size() == 1 ? map.get("Ref") : null;
    }

    private static String scalar(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> empty -> "{}";
            case List<?> empty -> "[]";
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            default -> text(value.toString());
        };
    }

    private static String text(String text) {
        boolean plain = PLAIN.matcher(text).matches()
                && !text.contains(": ")
                && !text.endsWith(":")
                && !NOT_TEXT.contains(text.toLowerCase(java.util.Locale.ROOT));
        return plain ? text : quoted(text);
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(c -> quoted.append(escaped((char) c)));
        return quoted.append('"').toString();
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            default -> c < ' ' || c == 0x7f || isBreak(c) ? "\\u%04x".formatted((int) c) : String.valueOf(c);
        };
    }

    /// Characters that YAML 1.1 takes for the end of a line, or that no YAML allows as they are.
    private static boolean isBreak(char c) {
        return c == 0x85
                || c == 0x2028
                || c == 0x2029
                || c == 0xfeff
                || c == 0xfffe
                || c == 0xffff
                || (c > 0x7f && c < 0xa0);
    }
}
