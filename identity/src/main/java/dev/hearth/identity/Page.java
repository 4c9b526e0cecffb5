package dev.hearth.identity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One page of a list, as `MaxItems` and `Marker` ask for it.
///
/// @param marker where the next one begins; empty at the end
record Page<T>(List<T> items, Optional<String> marker) {
    private static final int DEFAULT = 100;
    private static final int MOST = 1_000;

    /// As AWS orders names; those that differ in case alone have places of their own too, or a marker would lead back.
    private static final Comparator<String> ORDER =
            String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder());

    /// @param all in any order
    /// @param key tells them apart; they are listed by it, those after the marker's
    static <T> Page<T> of(Form form, Collection<T> all, Function<T, String> key) {
        int limit = Checks.number(form, "MaxItems", 1, MOST).orElse(DEFAULT);
        Optional<String> last = form.text("Marker").map(Page::decoded);
        List<T> left = all.stream()
                .filter(item -> last.isEmpty() || ORDER.compare(key.apply(item), last.get()) > 0)
                .sorted(Comparator.comparing(key, ORDER))
                .toList();
        if (left.size() <= limit) {
            return new Page<>(left, Optional.empty());
        }
        return new Page<>(left.subList(0, limit), Optional.of(encoded(key.apply(left.get(limit - 1)))));
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
