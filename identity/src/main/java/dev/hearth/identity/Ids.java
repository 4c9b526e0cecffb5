package dev.hearth.identity;

import java.security.SecureRandom;

/// Ids as AWS makes them: four letters that say of what, then capital letters and digits.
final class Ids {
    static final String ROLE = "AROA";
    static final String POLICY = "ANPA";

    /// Letters and digits after the kind, of roles and policies.
    static final int LENGTH = 17;

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    static String next(String kind, int length) {
        var id = new StringBuilder(kind);
        for (int i = 0; i < length; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
