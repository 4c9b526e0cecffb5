package dev.hearth.cli;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Gives out logical ids, each once.
final class LogicalIds {
    private final Set<String> taken = new HashSet<>();

    /// The id as it is wanted, with a number where it is taken.
    String take(String wanted) {
        String id = wanted;
        for (int n = 2; !taken.add(id); n++) {
            id = wanted + n;
        }
        return id;
    }

    /// `order-items` as `OrderItems`: logical ids are letters and digits.
    static String of(String name) {
        var id = new StringBuilder();
        for (String word : name.split("[^A-Za-z0-9]+")) {
            if (!word.isEmpty()) {
                id.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        return id.isEmpty() ? "Resource" : id.toString();
    }
}
