package dev.hearth.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A customer-managed policy as IAM keeps it; it enforces nothing.
///
/// @param arn            with path and name
/// @param id             `ANPA…`
/// @param updated        when its default version last changed
/// @param versions       oldest first, one to five
/// @param defaultVersion the number of the version that counts
/// @param lastVersion    the highest number ever given; numbers are not used again
public record IamPolicy(
        String arn,
        String name,
        String path,
        String id,
        Instant created,
        Instant updated,
        Optional<String> description,
        List<Version> versions,
        int defaultVersion,
        int lastVersion,
        Map<String, String> tags) {

    /// One version of the document.
    public record Version(int number, String document, Instant created) {
        /// As AWS names it: `v1`.
        public String id() {
            return "v" + number;
        }
    }

    public IamPolicy {
        versions = List.copyOf(versions);
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /// The same with one more version.
    public IamPolicy withVersion(String document, boolean asDefault, Instant now) {
        int number = lastVersion + 1;
        var more = new ArrayList<>(versions);
        more.add(new Version(number, document, now));
        return new IamPolicy(
                arn,
                name,
                path,
                id,
                created,
                asDefault ? now : updated,
                description,
                more,
                asDefault ? number : defaultVersion,
                number,
                tags);
    }

    /// The same without a version.
    public IamPolicy withoutVersion(int number) {
        var fewer =
                versions.stream().filter(version -> version.number() != number).toList();
        return new IamPolicy(
                arn, name, path, id, created, updated, description, fewer, defaultVersion, lastVersion, tags);
    }

    /// The same with another default version.
    public IamPolicy withDefault(int number, Instant now) {
        return new IamPolicy(arn, name, path, id, created, now, description, versions, number, lastVersion, tags);
    }

    /// The same with other tags.
    public IamPolicy withTags(Map<String, String> others) {
        return new IamPolicy(
                arn, name, path, id, created, updated, description, versions, defaultVersion, lastVersion, others);
    }
}
