package dev.hearth.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Where an entry of a zip belongs in the unpacked tree.
///
/// @param segments  names from the root down, none of them empty, `.` or `..`; empty for the root itself
/// @param directory the name said so with a slash at its end
record EntryPath(List<String> segments, boolean directory) {
    private static final int LONGEST_SEGMENT_BYTES = 255;
    private static final int LONGEST_PATH_BYTES = 2_048;
    private static final int DEEPEST = 64;
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    EntryPath {
        segments = List.copyOf(segments);
    }

    /// Reads the name of an entry.
    ///
    /// @throws dev.hearth.model.ApiException when it leads out of the tree or cannot be a file name
    static EntryPath parse(byte[] raw) {
        String name = decode(raw);
        if (raw.length == 0 || raw.length > LONGEST_PATH_BYTES) {
            throw Refusal.entry(
                    name, "has a name of " + raw.length + " bytes; give it 1 to " + LONGEST_PATH_BYTES + ".");
        }
        if (name.startsWith("/")
                || name.indexOf('\\') >= 0
                || DRIVE.matcher(name).matches()) {
            throw Refusal.entry(
                    name, "is not a relative path with forward slashes; zip the directory's content again.");
        }
        return new EntryPath(segments(name), name.endsWith("/"));
    }

    /// The path with forward slashes; empty for the root.
    String text() {
        return String.join("/", segments);
    }

    private static List<String> segments(String name) {
        var segments = new ArrayList<String>();
        for (String segment : name.split("/")) {
            if (segment.equals("..")) {
                throw Refusal.entry(name, "leads out of the package; remove the '..' from its name.");
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(checked(name, segment));
            }
        }
        if (segments.size() > DEEPEST) {
            throw Refusal.entry(name, "lies more than " + DEEPEST + " directories deep; use a shorter path.");
        }
        return segments;
    }

    private static String checked(String name, String segment) {
        if (segment.indexOf('\0') >= 0) {
            throw Refusal.entry(name, "has a NUL character in its name; rename it.");
        }
        if (segment.getBytes(StandardCharsets.UTF_8).length > LONGEST_SEGMENT_BYTES) {
            throw Refusal.entry(
                    name, "has a file name of more than " + LONGEST_SEGMENT_BYTES + " bytes; use a shorter one.");
        }
        return segment;
    }

    private static String decode(byte[] raw) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString();
        } catch (CharacterCodingException e) {
            String readable = new String(raw, StandardCharsets.ISO_8859_1);
            throw Refusal.entry(readable, "has a name that is not UTF-8; rename it, or zip it with a current tool.");
        }
    }
}
