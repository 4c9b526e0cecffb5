package dev.hearth.cli;

import java.util.Map;
import java.util.TreeMap;

/// The tags that say which stack a function is of, and what beside it the stack made.
///
/// AWS's own `aws:cloudformation:…` tags cannot be set by users, hence a prefix of ours.
final class StackTags {
    static final String STACK = "hearth:stack";
    static final String LOGICAL_ID = "hearth:logical-id";
    /// Followed by a logical id; the value is the kind and what the server knows the resource by, such as `alias live`.
    static final String PART = "hearth:part:";

    private StackTags() {}

    /// Whether a tag is this command's book-keeping.
    static boolean isOurs(String key) {
        return key.equals(STACK) || key.equals(LOGICAL_ID) || key.startsWith(PART);
    }

    /// The tags that are not book-keeping.
    static Map<String, String> ofUser(Map<String, String> tags) {
        var users = new TreeMap<>(tags);
        users.keySet().removeIf(StackTags::isOurs);
        return users;
    }
}
