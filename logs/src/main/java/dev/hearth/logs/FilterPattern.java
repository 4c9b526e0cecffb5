package dev.hearth.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// CloudWatch's filter patterns: terms, `"quoted phrases"`, `?any` and `-not` for text, `{ $.x = "y" }` for JSON.
final class FilterPattern {
    private static final int LONGEST = 1_024;

    private FilterPattern() {}

    /// Reads a pattern.
    ///
    /// @return passes the messages that match; the empty pattern passes all
    /// @throws LogsException when it cannot be read, or is of a kind that Hearth does not know yet
    static Predicate<String> parse(String pattern) {
        String trimmed = pattern.strip();
        if (trimmed.length() > LONGEST) {
            throw LogsException.invalid("Invalid filter pattern: it is longer than " + LONGEST + " characters.");
        }
        if (trimmed.isEmpty()) {
            return message -> true;
        }
        if (trimmed.startsWith("{")) {
            Predicate<Json> condition = JsonPattern.parse(trimmed);
            return message -> Json.tryParse(message).filter(condition).isPresent();
        }
        if (trimmed.startsWith("[")) {
            throw LogsException.invalid(
                    "Invalid filter pattern: Hearth does not know space-delimited patterns ([a, b, …])"
                            + " yet. Use terms, or { $.member = \"value\" } for JSON.");
        }
        return terms(trimmed);
    }

    private static Predicate<String> terms(String pattern) {
        var all = new ArrayList<String>();
        var any = new ArrayList<String>();
        var none = new ArrayList<String>();
        for (int i = 0; i < pattern.length(); ) {
            char c = pattern.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
                continue;
            }
            List<String> kind = c == '?' ? any : c == '-' ? none : all;
            var term = new StringBuilder();
            i = term(pattern, c == '?' || c == '-' ? i + 1 : i, term);
            if (term.isEmpty()) {
                throw LogsException.invalid("Invalid filter pattern: a term is empty in '" + pattern + "'.");
            }
            kind.add(term.toString());
        }
        return message -> all.stream().allMatch(message::contains)
                && none.stream().noneMatch(message::contains)
                && (any.isEmpty() || any.stream().anyMatch(message::contains));
    }

    /// Reads a word, or what stands in quotes.
    ///
    /// @return the index after it
    private static int term(String pattern, int start, StringBuilder term) {
        boolean quoted = start < pattern.length() && pattern.charAt(start) == '"';
        int i = quoted ? start + 1 : start;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            if (quoted && c == '\\' && i + 1 < pattern.length()) {
                term.append(pattern.charAt(++i));
            } else if (quoted && c == '"') {
                return i + 1;
            } else if (!quoted && Character.isWhitespace(c)) {
                return i;
            } else {
                term.append(c);
            }
            i++;
        }
        if (quoted) {
            throw LogsException.invalid("Invalid filter pattern: a quote is not closed in '" + pattern + "'.");
        }
        if (term.length() > 1 && term.charAt(0) == '%' && term.charAt(term.length() - 1) == '%') {
            throw LogsException.invalid(
                    "Invalid filter pattern: Hearth does not know regular expressions (" + term + ") yet. Use terms.");
        }
        return i;
    }
}
