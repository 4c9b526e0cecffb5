package dev.hearth.identity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tags of roles and of policies.
final class Tagging {
    private Tagging() {}

    /// @param quota as AWS names it in its message
    static Map<String, String> added(Map<String, String> tags, Map<String, String> more, String quota) {
        var all = new LinkedHashMap<>(tags);
        all.putAll(more);
        if (all.size() > Checks.TAGS_MAX) {
            throw QueryError.limitExceeded("Cannot exceed quota for " + quota + ": " + Checks.TAGS_MAX);
        }
        return all;
    }

    static Map<String, String> without(Map<String, String> tags, List<String> keys) {
        var fewer = new LinkedHashMap<>(tags);
        keys.forEach(fewer::remove);
        return fewer;
    }

    static Result list(Form form, Map<String, String> tags) {
        Page<Map.Entry<String, String>> page = Page.of(form, tags.entrySet(), Map.Entry::getKey);
        return xml -> {
            xml.members("Tags", page.items(), Tagging::write);
            page.write(xml);
        };
    }

    static void write(Xml xml, Map<String, String> tags) {
        xml.members("Tags", tags.entrySet(), Tagging::write);
    }

    private static void write(Xml xml, Map.Entry<String, String> tag) {
        xml.text("Key", tag.getKey()).text("Value", tag.getValue());
    }
}
