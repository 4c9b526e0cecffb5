package dev.hearth.logs;

import java.util.ArrayList;
import java.util.List;

/// Cuts messages that are longer than an event may be.
final class LineSplitter {
    private static final int MOST_BYTES_PER_CHAR = 3;

    private LineSplitter() {}

    /// The message in pieces of at most so many bytes of UTF-8, characters kept whole.
    static List<String> split(String message, long limitBytes) {
        if (message.length() * (long) MOST_BYTES_PER_CHAR <= limitBytes) {
            return List.of(message);
        }
        var pieces = new ArrayList<String>();
        int start = 0;
        long bytes = 0;
        for (int i = 0; i < message.length(); ) {
            int character = message.codePointAt(i);
            int size = utf8Bytes(character);
            if (bytes + size > limitBytes) {
                pieces.add(message.substring(start, i));
                start = i;
                bytes = 0;
            }
            bytes += size;
            i += Character.charCount(character);
        }
        pieces.add(message.substring(start));
        return pieces;
    }

    private static int utf8Bytes(int character) {
        if (character < 0x80) {
            return 1;
        }
        if (character < 0x800) {
            return 2;
        }
        return character < 0x10000 ? 3 : 4;
    }
}
