package dev.hearth.catalog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// Follows the symbolic links of a tree as the kernel would: `..` after a link means the parent of where the link
/// leads, not of where it stands. What looks inside by its letters may so be outside.
///
/// @param links targets by path, both with forward slashes
record LinkResolver(Map<String, String> links) {
    private static final int MOST_LINKS = 40;

    /// Whether following the link at `path` never leaves the root. A target that does not exist is inside;
    /// links in a circle, which no one can follow, are not.
    boolean staysInside(String path) {
        List<String> place = new ArrayList<>();
        Deque<String> ahead = new ArrayDeque<>(List.of(path.split("/")));
        int followed = 0;
        while (!ahead.isEmpty()) {
            String segment = ahead.removeFirst();
            if (segment.isEmpty() || segment.equals(".")) {
                continue;
            }
            if (segment.equals("..")) {
                if (place.isEmpty()) {
                    return false;
                }
                place.removeLast();
                continue;
            }
            place.add(segment);
            String target = links.get(String.join("/", place));
            if (target != null) {
                if (target.startsWith("/") || ++followed > MOST_LINKS) {
                    return false;
                }
                place.removeLast();
                String[] parts = target.split("/");
                for (int i = parts.length - 1; i >= 0; i--) {
                    ahead.addFirst(parts[i]);
                }
            }
        }
        return true;
    }
}
