package dev.hearth.sam;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Messages about names that are not there.
final class Names {
    private Names() {}

    /// `: did you mean 'X'?` where a candidate is close, else `; there are: A, B`.
    static String hint(String name, Collection<String> candidates) {
        return closest(name, candidates)
                .map(close -> ": did you mean '" + close + "'?")
                .orElseGet(() -> candidates.isEmpty()
                        ? ""
                        : "; there are: "
                                + candidates.stream().sorted().limit(20).collect(Collectors.joining(", ")));
    }

    private static Optional<String> closest(String name, Collection<String> candidates) {
        String wanted = plain(name);
        return candidates.stream()
                .filter(candidate -> distance(wanted, plain(candidate)) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt(candidate -> distance(wanted, plain(candidate))));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
