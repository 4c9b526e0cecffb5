package dev.hearth.sam;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of `!Sub`: literal parts, and the names between `${` and `}`. `${!name}` is the literal `${name}`.
sealed interface Substitution {
    record Literal(String text) implements Substitution {}

    record Name(String name) implements Substitution {}

    Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

    static List<Substitution> parse(String text) {
        var parts = new ArrayList<Substitution>();
        Matcher matcher = VARIABLE.matcher(text);
        int from = 0;
        while (matcher.find()) {
            parts.add(new Literal(text.substring(from, matcher.start())));
            String name = matcher.group(1);
            parts.add(name.startsWith("!") ? new Literal("${" + name.substring(1) + "}") : new Name(name.strip()));
            from = matcher.end();
        }
        parts.add(new Literal(text.substring(from)));
        return parts;
    }
}
