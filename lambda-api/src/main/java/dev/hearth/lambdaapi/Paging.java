package dev.hearth.lambdaapi;

import dev.hearth.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/// Cuts lists into pages. A marker is the key of the last entry of a page, in Base64: it stays good when entries are
/// added or removed.
final class Paging {
    private Paging() {}

    /// One page, and the key to continue after; empty when there is no more.
    record Cut<T>(List<T> entries, String next) {

        /// An answer that is this page.
        ///
        /// @param member  the list's name
        /// @param members writes the members of an entry
        Response response(String member, BiConsumer<JsonGenerator, T> members) {
            return Json.response(200, out -> {
                out.writeArrayPropertyStart(member);
                for (T entry : entries) {
                    out.writeStartObject();
                    members.accept(out, entry);
                    out.writeEndObject();
                }
                out.writeEndArray();
                writeNextMarker(out);
            });
        }

        void writeNextMarker(JsonGenerator out) {
            if (!next.isEmpty()) {
                out.writeStringProperty(
                        "NextMarker",
                        Base64.getUrlEncoder().withoutPadding().encodeToString(next.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    static int limit(LambdaOperation.Page page) {
        return Math.min(page.maxItems().orElse(Call.PAGE), Call.PAGE);
    }

    /// Cuts a list that was asked for with one entry more than fits, already starting after the marker.
    static <T> Cut<T> cut(List<T> upToOneMore, LambdaOperation.Page page, Function<T, String> key) {
        int limit = limit(page);
        if (upToOneMore.size() <= limit) {
            return new Cut<>(upToOneMore, "");
        }
        return new Cut<>(upToOneMore.subList(0, limit), key.apply(upToOneMore.get(limit - 1)));
    }

    /// Cuts a whole list in an order of its own.
    ///
    /// @param isAfter whether an entry comes after the one with the key
    static <T> Cut<T> cutWhole(
            List<T> all, LambdaOperation.Page page, Function<T, String> key, BiPredicate<T, String> isAfter) {
        List<T> upToOneMore = all.stream()
                .filter(entry -> page.after().isEmpty() || isAfter.test(entry, page.after()))
                .limit(limit(page) + 1L)
                .toList();
        return cut(upToOneMore, page, key);
    }

    /// Cuts a whole list that is ordered by its keys.
    static <T> Cut<T> cutByKey(List<T> all, LambdaOperation.Page page, Function<T, String> key) {
        return cutWhole(all, page, key, (entry, marker) -> key.apply(entry).compareTo(marker) > 0);
    }

    /// The order of versions: `$LATEST` first, and with it whatever no answer of ours gave as a marker.
    static long versionNumber(String version) {
        return Patterns.NUMBER.matcher(version).matches() && version.length() <= 18 ? Long.parseLong(version) : 0;
    }
}
