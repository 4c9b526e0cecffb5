package dev.hearth.logs;

import dev.hearth.logs.LogLine.Kind;
import dev.hearth.model.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// What can be done with log streams.
record StreamOperations(LogStore store, Names names, Clock clock) {
    private static final int PAGE = 50;
    private static final String BY_TIME = "LastEventTime";
    private static final String BY_NAME = "LogStreamName";

    void create(Fields fields) throws IOException {
        String group = names.group(fields);
        String stream = names.stream(fields);
        if (find(group, stream).isPresent()) {
            throw LogsException.streamExists();
        }
        store.write(group, List.of(LogLine.of(Kind.STREAM_CREATED, clock.now().toEpochMilli(), stream)));
    }

    void delete(Fields fields) throws IOException {
        String group = names.group(fields);
        String stream = names.stream(fields);
        if (find(group, stream).isEmpty()) {
            throw LogsException.noStream();
        }
        store.write(group, List.of(LogLine.of(Kind.STREAM_DELETED, clock.now().toEpochMilli(), stream)));
    }

    /// A stream as it stands, after what has come in so far was written.
    Optional<StreamSummary> find(String group, String stream) throws IOException {
        return all(group).stream().filter(one -> one.name().equals(stream)).findFirst();
    }

    byte[] describe(Fields fields) throws IOException {
        String group = names.group(fields);
        int limit = fields.limit("limit", PAGE, PAGE);
        String prefix = fields.text("logStreamNamePrefix").orElse("");
        Comparator<StreamSummary> order = order(fields, !prefix.isEmpty());
        Optional<StreamSummary> after = fields.text("nextToken").map(StreamOperations::fromToken);
        List<StreamSummary> found = all(group).stream()
                .filter(stream -> stream.name().startsWith(prefix))
                .filter(stream -> after.isEmpty() || order.compare(stream, after.get()) > 0)
                .sorted(order)
                .limit(limit + 1L)
                .toList();
        List<StreamSummary> page = found.subList(0, Math.min(limit, found.size()));
        return Json.write(out -> {
            out.writeArrayPropertyStart("logStreams");
            page.forEach(stream -> write(out, group, stream));
            out.writeEndArray();
            if (found.size() > limit) {
                out.writeStringProperty("nextToken", token(page.getLast()));
            }
        });
    }

    private List<StreamSummary> all(String group) throws IOException {
        store.flush();
        return store.group(group).orElseThrow(LogsException::noGroup).streams();
    }

    private static Comparator<StreamSummary> order(Fields fields, boolean hasPrefix) {
        String by = fields.text("orderBy").orElse(BY_NAME);
        if (by.equals(BY_TIME) && hasPrefix) {
            throw LogsException.invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
        }
        Comparator<StreamSummary> byName = Comparator.comparing(StreamSummary::name);
        Comparator<StreamSummary> order = switch (by) {
            case BY_NAME -> byName;
            case BY_TIME -> Comparator.comparingLong(StreamSummary::lastMillis).thenComparing(byName);
            default ->
                throw LogsException.invalid("1 validation error detected: Value '" + by
                        + "' at 'orderBy' failed to satisfy constraint: Member must satisfy enum value set:"
                        + " [LogStreamName, LastEventTime]");
        };
        return fields.flag("descending") ? order.reversed() : order;
    }

    private void write(JsonGenerator out, String group, StreamSummary stream) {
        out.writeStartObject();
        out.writeStringProperty("logStreamName", stream.name());
        out.writeNumberProperty("creationTime", stream.createdMillis());
        if (stream.hasEvents()) {
            out.writeNumberProperty("firstEventTimestamp", stream.firstMillis());
            out.writeNumberProperty("lastEventTimestamp", stream.lastMillis());
            out.writeNumberProperty("lastIngestionTime", stream.ingestedMillis());
        }
        out.writeStringProperty("arn", names.streamArn(group, stream.name()));
        out.writeNumberProperty("storedBytes", 0); // AWS's answer since 2019, for every stream
        out.writeEndObject();
    }

    private static String token(StreamSummary last) {
        String text = last.lastMillis() + " " + last.name();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static StreamSummary fromToken(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            long lastMillis = Long.parseLong(text.substring(0, Math.max(space, 0)));
            return new StreamSummary(text.substring(space + 1), 0, lastMillis, lastMillis, 0);
        } catch (IllegalArgumentException e) {
            throw LogsException.invalid("The specified nextToken is invalid.");
        }
    }
}
