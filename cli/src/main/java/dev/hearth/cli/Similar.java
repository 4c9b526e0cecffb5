package dev.hearth.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what somebody probably meant to type.
public final class Similar {
    private Similar() {}

    /// The candidate closest to a word; empty where none is close.
    public static Optional<String> to(String word, Collection<String> candidates) {
        int tolerance = Math.max(2, word.length() / 3);
        return candidates.stream()
                .filter(candidate -> distance(word, candidate) <= tolerance)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /// Insertions, deletions and substitutions that turn one word into the other (Levenshtein).
    static int distance(String a, String b) {
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
