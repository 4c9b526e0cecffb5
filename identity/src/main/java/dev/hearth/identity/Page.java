package dev.hearth.identity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One page of a list, as `MaxItems` and `Marker` ask for it.
///
/// @param marker where the next one begins; empty at the end
record Page<T>(List<T> items, Optional<String> marker) {
    private static final int DEFAULT = 100;
    private static final int MOST = 1_000;

    /// @param all in the order of their keys, or with keys that tell places apart
    static <T> Page<T> of(Form form, List<T> all, Function<T, String> key) {
        int limit = Checks.number(form, "MaxItems", 1, MOST).orElse(DEFAULT);
        int start = form.text("Marker")
                .map(marker -> after(all, key, decoded(marker)))
                .orElse(0);
        List<T> items = all.subList(start, Math.min(all.size(), start + limit));
        boolean more = start + items.size() < all.size();
        return new Page<>(
                List.copyOf(items), more ? Optional.of(encoded(key.apply(items.getLast()))) : Optional.empty());
    }

    /// Where the items after a key begin; when its item has gone, where it would have been.
    private static <T> int after(List<T> all, Function<T, String> key, String last) {
        for (int i = 0; i < all.size(); i++) {
            int order = key.apply(all.get(i)).compareToIgnoreCase(last);
            if (order == 0) {
                return i + 1;
            }
            if (order > 0) {
                return i;
            }
        }
        return all.size();
    }

    private static String encoded(String key) {
        return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String marker) {
        try {
            return new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw QueryError.validation("Invalid Marker: use the Marker of an earlier answer");
        }
    }

    /// Writes what every answer with pages has.
    void write(Xml xml) {
        xml.text("IsTruncated", marker.isPresent()).text("Marker", marker);
    }
}
