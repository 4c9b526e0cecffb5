package dev.hearth.logs;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/// What can be done with log groups.
record GroupOperations(LogStore store, Names names) {
    private static final int PAGE = 50;
    private static final Set<Integer> RETENTION_DAYS = Set.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    void create(Fields fields) throws IOException {
        if (!store.createGroup(names.group(fields))) {
            throw LogsException.groupExists();
        }
    }

    void delete(Fields fields) throws IOException {
        if (!store.deleteGroup(names.group(fields))) {
            throw LogsException.noGroup();
        }
    }

    void putRetention(Fields fields) throws IOException {
        int days = (int) fields.number("retentionInDays").orElse(0);
        if (!RETENTION_DAYS.contains(days)) {
            throw LogsException.invalid("1 validation error detected: Value '" + days
                    + "' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: "
                    + RETENTION_DAYS.stream().sorted().toList());
        }
        existing(fields).retain(OptionalInt.of(days));
    }

    void deleteRetention(Fields fields) throws IOException {
        existing(fields).retain(OptionalInt.empty());
    }

    byte[] describe(Fields fields) throws IOException {
        Predicate<String> wanted = wanted(fields);
        String after = fields.text("nextToken").orElse("");
        int limit = fields.limit("limit", PAGE, PAGE);
        store.flush();
        List<String> found = store.groupNames().stream()
                .filter(wanted)
                .filter(name -> name.compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        List<String> page = found.subList(0, Math.min(limit, found.size()));
        var groups = new java.util.ArrayList<Group>();
        for (String name : page) {
            store.group(name).ifPresent(groups::add);
        }
        return Json.write(out -> {
            out.writeArrayPropertyStart("logGroups");
            groups.forEach(group -> write(out, group));
            out.writeEndArray();
            if (found.size() > limit) {
                out.writeStringProperty("nextToken", page.getLast());
            }
        });
    }

    /// None: tags of groups are not kept. Terraform asks for them after it made a group.
    byte[] tags(Fields fields) throws IOException {
        String arn = fields.text("resourceArn").orElse("");
        if (store.group(Names.nameOf(arn)).isEmpty()) {
            throw LogsException.noGroup();
        }
        return Json.write(out -> {
            out.writeObjectPropertyStart("tags");
            out.writeEndObject();
        });
    }

    private static Predicate<String> wanted(Fields fields) {
        Optional<String> prefix = fields.text("logGroupNamePrefix");
        Optional<String> part = fields.text("logGroupNamePattern");
        Set<String> named =
                fields.texts("logGroupIdentifiers").stream().map(Names::nameOf).collect(Collectors.toSet());
        if (prefix.isPresent() && part.isPresent()) {
            throw LogsException.invalid(
                    "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
        }
        return name -> name.startsWith(prefix.orElse(""))
                && name.contains(part.orElse(""))
                && (named.isEmpty() || named.contains(name));
    }

    private Group existing(Fields fields) throws IOException {
        return store.group(names.group(fields)).orElseThrow(LogsException::noGroup);
    }

    private void write(JsonGenerator out, Group group) {
        GroupMeta meta = group.meta();
        out.writeStartObject();
        out.writeStringProperty("logGroupName", meta.name());
        out.writeNumberProperty("creationTime", meta.createdMillis());
        if (meta.retentionDays().isPresent()) {
            out.writeNumberProperty("retentionInDays", meta.retentionDays().getAsInt());
        }
        out.writeNumberProperty("metricFilterCount", 0);
        out.writeStringProperty("arn", names.groupArn(meta.name()) + ":*");
        out.writeNumberProperty("storedBytes", group.storedBytes());
        out.writeStringProperty("logGroupClass", "STANDARD");
        out.writeStringProperty("logGroupArn", names.groupArn(meta.name()));
        out.writeEndObject();
    }
}
