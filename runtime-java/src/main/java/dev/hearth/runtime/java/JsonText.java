package dev.hearth.runtime.java;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes JSON as Jackson does with AWS's settings: null map values left out, control characters and
/// surrogates as escapes, everything else as it is.
final class JsonText {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final int MAX_DEPTH = 500;

    private JsonText() {}

    /// Appends the value and gives true, or gives false for a value that only AWS's serialization library
    /// knows how to write (the text appended so far is then useless): other types than the JDK's maps,
    /// collections, strings, booleans and numbers, NaN.
    static boolean value(StringBuilder json, @Nullable Object value) {
        return value(json, value, 0);
    }

    private static boolean value(StringBuilder json, @Nullable Object value, int depth) {
        if (value == null) {
            json.append("null");
            return true;
        }
        if (value instanceof String) {
            string(json, (String) value);
            return true;
        }
        if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            json.append(value);
            return true;
        }
        if (value instanceof Double) {
            json.append(value);
            return Double.isFinite((Double) value);
        }
        if (depth > MAX_DEPTH || !value.getClass().getName().startsWith("java.util.")) {
            return false;
        }
        if (value instanceof Map) {
            return object(json, (Map<?, ?>) value, depth);
        }
        return value instanceof Collection && array(json, (Collection<?>) value, depth);
    }

    private static boolean object(StringBuilder json, Map<?, ?> map, int depth) {
        json.append('{');
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String)) {
                return false;
            }
            if (entry.getValue() == null) {
                continue;
            }
            if (!first) {
                json.append(',');
            }
            first = false;
            string(json, (String) entry.getKey());
            if (!value(json.append(':'), entry.getValue(), depth + 1)) {
                return false;
            }
        }
        json.append('}');
        return true;
    }

    private static boolean array(StringBuilder json, Collection<?> elements, int depth) {
        json.append('[');
        boolean first = true;
        for (Object element : elements) {
            if (!first) {
                json.append(',');
            }
            first = false;
            if (!value(json, element, depth + 1)) {
                return false;
            }
        }
        json.append(']');
        return true;
    }

    /// Appends the quoted string as Jackson writes it: characters beyond the basic plane as two escapes.
    static void string(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                escape(json, c);
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private static void escape(StringBuilder json, char c) {
        json.append('\\');
        switch (c) {
            case '\b':
                json.append('b');
                break;
            case '\t':
                json.append('t');
                break;
            case '\n':
                json.append('n');
                break;
            case '\f':
                json.append('f');
                break;
            case '\r':
                json.append('r');
                break;
            default:
                json.append('u').append(HEX[c >> 12]).append(HEX[c >> 8 & 15]);
                json.append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
        }
    }
}
