package dev.hearth.logs;

import java.util.List;

/// A text in which `*` stands for anything. Takes time linear in the text for each part between stars.
///
/// @param parts what stands between the stars; one part when there is none
record Wildcard(List<String> parts) {
    static Wildcard parse(String text) {
        return new Wildcard(List.of(text.split("\\*", -1)));
    }

    boolean matches(String text) {
        String first = parts.getFirst();
        if (parts.size() == 1) {
            return text.equals(first);
        }
        String last = parts.getLast();
        if (text.length() < first.length() + last.length() || !text.startsWith(first) || !text.endsWith(last)) {
            return false;
        }
        int at = first.length();
        int end = text.length() - last.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = text.indexOf(part, at);
            if (found < 0 || found + part.length() > end) {
                return false;
            }
            at = found + part.length();
        }
        return true;
    }
}
