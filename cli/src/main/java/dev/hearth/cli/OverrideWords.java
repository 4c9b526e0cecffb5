package dev.hearth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The forms in which SAM takes parameters: `Name=value`, `ParameterKey=Name,ParameterValue=value`, several in one word
/// with blanks between them, and values in double quotes.
final class OverrideWords {
    private static final Pattern NEXT = Pattern.compile("\\s+(?=[A-Za-z][A-Za-z0-9]*=)");
    private static final Pattern LONG_FORM =
            Pattern.compile("ParameterKey=([^,]+),ParameterValue=(.*)", Pattern.DOTALL);

    private OverrideWords() {}

    static List<String> split(String words) {
        var all = new ArrayList<String>();
        for (String word : NEXT.split(words.strip())) {
            all.add(word);
        }
        return all;
    }

    /// As `Name=value`.
    static String plain(String word) {
        Matcher matcher = LONG_FORM.matcher(word);
        String plain = matcher.matches() ? matcher.group(1) + "=" + matcher.group(2) : word;
        int equals = plain.indexOf('=');
        String value = plain.substring(equals + 1);
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? plain.substring(0, equals + 1) + value.substring(1, value.length() - 1) : plain;
    }
}
