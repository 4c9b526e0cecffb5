package dev.hearth.logs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// The directory of a log group: readable, and never a path of its own. Slashes become `=`, everything unusual
/// `%xx`; long names are cut and told apart by a digest.
final class GroupName {
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    private static final int LONGEST = 200;
    private static final int DIGEST_CHARACTERS = 32;

    private GroupName() {}

    static String directory(String group) {
        var name = new StringBuilder();
        for (byte b : group.getBytes(StandardCharsets.UTF_8)) {
            append(name, (char) (b & 0xFF));
        }
        if (name.isEmpty()) {
            return "%";
        }
        if (name.length() <= LONGEST) {
            return name.toString();
        }
        return name.substring(0, LONGEST) + "~" + digest(group);
    }

    /// The group of a directory; empty where only its own file tells.
    static Optional<String> group(String directory) {
        if (directory.indexOf('~') >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(decode(directory));
        } catch (NumberFormatException e) {
            return Optional.empty(); // not a name of ours
        }
    }

    private static String decode(String directory) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < directory.length(); i++) {
            char c = directory.charAt(i);
            if (c == '%' && i + 2 < directory.length()) {
                bytes.write(HexFormat.fromHexDigits(directory, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(c == '=' ? '/' : c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder name, char c) {
        boolean plain = PLAIN.indexOf(c) >= 0;
        if (plain || (c == '.' && !name.isEmpty())) {
            name.append(c);
        } else if (c == '/') {
            name.append('=');
        } else {
            name.append('%').append(HexFormat.of().toHexDigits((byte) c));
        }
    }

    private static String digest(String group) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(group.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGEST_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
