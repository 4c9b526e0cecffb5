package dev.hearth.runtime.java;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads strict JSON into `LinkedHashMap`, `ArrayList`, `String`, `Integer`, `Long`, `BigInteger`, `Double`,
/// `Boolean` and null: the classes Jackson gives for an untyped value.
///
/// What is not strict JSON is refused with [NotPlain], and the caller lets AWS's lenient library decide.
final class JsonValue {
    /// The text is not strict JSON, or has something this reader leaves to Jackson.
    static final class NotPlain extends Exception {
        private static final long serialVersionUID = 1;

        NotPlain() {
            super(null, null, false, false);
        }
    }

    private static final int MAX_DEPTH = 500;
    private static final int MAX_NUMBER_CHARS = 500;

    private final String text;
    private int position;

    private JsonValue(String text) {
        this.text = text;
    }

    static @Nullable Object read(byte[] utf8) throws NotPlain {
        String text = new String(utf8, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            throw new NotPlain(); // perhaps not UTF-8: Jackson says where
        }
        return read(text);
    }

    static @Nullable Object read(String text) throws NotPlain {
        JsonValue reader = new JsonValue(text);
        Object value = reader.value(0);
        if (reader.skipSpace() < text.length()) {
            throw new NotPlain();
        }
        return value;
    }

    private @Nullable Object value(int depth) throws NotPlain {
        if (depth > MAX_DEPTH) {
            throw new NotPlain();
        }
        skipSpace();
        switch (peek()) {
            case '{':
                return object(depth);
            case '[':
                return array(depth);
            case '"':
                return string();
            case 't':
                return literal("true", true);
            case 'f':
                return literal("false", false);
            case 'n':
                return literal("null", null);
            default:
                return number();
        }
    }

    private Map<String, @Nullable Object> object(int depth) throws NotPlain {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        position++;
        if (next('}')) {
            return map;
        }
        do {
            skipSpace();
            if (peek() != '"') {
                throw new NotPlain();
            }
            String key = string();
            expect(':');
            map.put(key, value(depth + 1));
        } while (next(','));
        expect('}');
        return map;
    }

    private List<@Nullable Object> array(int depth) throws NotPlain {
        List<@Nullable Object> list = new ArrayList<>();
        position++;
        if (next(']')) {
            return list;
        }
        do {
            list.add(value(depth + 1));
        } while (next(','));
        expect(']');
        return list;
    }

    private String string() throws NotPlain {
        int start = ++position;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '"') {
                return text.substring(start, position++);
            }
            if (c == '\\') {
                return escapedString(start);
            }
            if (c < ' ') {
                break;
            }
            position++;
        }
        throw new NotPlain();
    }

    private String escapedString(int start) throws NotPlain {
        StringBuilder builder = new StringBuilder(position - start + 32).append(text, start, position);
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"') {
                return builder.toString();
            }
            if (c < ' ') {
                break;
            }
            builder.append(c == '\\' ? escape() : c);
        }
        throw new NotPlain();
    }

    private char escape() throws NotPlain {
        char c = peek();
        position++;
        switch (c) {
            case '"':
            case '\\':
            case '/':
                return c;
            case 'b':
                return '\b';
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'f':
                return '\f';
            case 'r':
                return '\r';
            case 'u':
                return (char) (hex() << 12 | hex() << 8 | hex() << 4 | hex());
            default:
                throw new NotPlain();
        }
    }

    private int hex() throws NotPlain {
        int digit = Character.digit(peek(), 16);
        if (digit < 0 || peek() > 'f') {
            throw new NotPlain();
        }
        position++;
        return digit;
    }

    private @Nullable Object literal(String word, @Nullable Object value) throws NotPlain {
        if (!text.startsWith(word, position)) {
            throw new NotPlain();
        }
        position += word.length();
        return value;
    }

    private Object number() throws NotPlain {
        int start = position;
        if (peek() == '-') {
            position++;
        }
        boolean leadingZero = peek() == '0';
        if (digits() > 1 && leadingZero) {
            throw new NotPlain();
        }
        boolean integer = true;
        if (is('.')) {
            integer = false;
            position++;
            digits();
        }
        if (is('e') || is('E')) {
            integer = false;
            position++;
            if (is('+') || is('-')) {
                position++;
            }
            digits();
        }
        if (position - start > MAX_NUMBER_CHARS) {
            throw new NotPlain();
        }
        String digits = text.substring(start, position);
        return integer ? integer(digits) : (Object) Double.valueOf(digits);
    }

    private static Object integer(String digits) {
        if (digits.length() <= 18) {
            long value = Long.parseLong(digits);
            return value == (int) value ? (Object) (int) value : (Object) value;
        }
        BigInteger value = new BigInteger(digits);
        return value.bitLength() <= 63 ? (Object) value.longValue() : value;
    }

    private int digits() throws NotPlain {
        int start = position;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        if (position == start) {
            throw new NotPlain();
        }
        return position - start;
    }

    private boolean next(char wanted) {
        skipSpace();
        boolean found = is(wanted);
        if (found) {
            position++;
        }
        return found;
    }

    private void expect(char wanted) throws NotPlain {
        if (!next(wanted)) {
            throw new NotPlain();
        }
    }

    private boolean is(char wanted) {
        return position < text.length() && text.charAt(position) == wanted;
    }

    private char peek() throws NotPlain {
        if (position >= text.length()) {
            throw new NotPlain();
        }
        return text.charAt(position);
    }

    private int skipSpace() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                break;
            }
            position++;
        }
        return position;
    }
}
