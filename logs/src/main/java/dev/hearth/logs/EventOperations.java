package dev.hearth.logs;

import dev.hearth.logs.Group.Snapshot;
import dev.hearth.model.Clock;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.core.JsonGenerator;

/// What can be done with log events.
record EventOperations(LogStore store, Names names, Clock clock) {
    private static final int MOST_EVENTS = 10_000;
    private static final String FORWARD = "f/";
    private static final String BACKWARD = "b/";

    byte[] get(Fields fields) throws IOException {
        String stream = names.stream(fields);
        Group group = existing(fields);
        if (group.streams().stream().noneMatch(one -> one.name().equals(stream))) {
            throw LogsException.noStream();
        }
        var query = new Query(
                stream::equals,
                fields.number("startTime").orElse(Long.MIN_VALUE),
                fields.number("endTime").orElse(Long.MAX_VALUE),
                message -> true);
        Snapshot snapshot = group.snapshot();
        var reading = new EventReading(snapshot, query, fields.limit("limit", MOST_EVENTS, MOST_EVENTS));
        Optional<String> token = fields.text("nextToken");
        boolean forward = token.map(text -> text.startsWith(FORWARD)).orElse(fields.flag("startFromHead"));
        Position at = token.map(EventOperations::position).orElse(forward ? Position.START : snapshot.end());
        EventPage page = forward ? reading.forward(at) : reading.backward(at);
        // at the end, the caller's token comes back: that is how it knows
        boolean end = page.events().isEmpty() && token.isPresent();
        return Json.write(out -> {
            out.writeArrayPropertyStart("events");
            page.events().forEach(event -> write(out, event, false));
            out.writeEndArray();
            out.writeStringProperty("nextForwardToken", FORWARD + (end ? at : page.end()));
            out.writeStringProperty("nextBackwardToken", BACKWARD + (end ? at : page.start()));
        });
    }

    byte[] filter(Fields fields) throws IOException {
        Predicate<String> messages =
                FilterPattern.parse(fields.text("filterPattern").orElse(""));
        Predicate<String> streams = streams(fields);
        int limit = fields.limit("limit", MOST_EVENTS, MOST_EVENTS);
        Position from =
                fields.text("nextToken").map(token -> position(FORWARD + token)).orElse(Position.START);
        long last = fields.number("endTime").orElse(Long.MAX_VALUE);
        var query = new Query(
                streams,
                fields.number("startTime").orElse(Long.MIN_VALUE),
                last == Long.MAX_VALUE ? last : last + 1,
                messages);
        EventPage page = new EventReading(existing(fields).snapshot(), query, limit).forward(from);
        return Json.write(out -> {
            out.writeArrayPropertyStart("events");
            page.events().forEach(event -> write(out, event, true));
            out.writeEndArray();
            out.writeArrayPropertyStart("searchedLogStreams"); // AWS's answer since 2019
            out.writeEndArray();
            if (!page.complete()) {
                out.writeStringProperty("nextToken", page.end().toString());
            }
        });
    }

    byte[] put(Fields fields) throws IOException {
        String stream = names.stream(fields);
        String group = names.group(fields);
        if (existing(fields).streams().stream().noneMatch(one -> one.name().equals(stream))) {
            throw LogsException.noStream();
        }
        var intake = EventIntake.of(fields.list("logEvents"), stream, clock.now());
        store.write(group, intake.lines());
        return Json.write(out -> {
            out.writeStringProperty("nextSequenceToken", "0"); // not needed since 2023, still answered
            intake.writeRejections(out);
        });
    }

    private Group existing(Fields fields) throws IOException {
        store.flush();
        return store.group(names.group(fields)).orElseThrow(LogsException::noGroup);
    }

    private static Predicate<String> streams(Fields fields) {
        Set<String> named = new HashSet<>(fields.texts("logStreamNames"));
        Optional<String> prefix = fields.text("logStreamNamePrefix");
        if (!named.isEmpty() && prefix.isPresent()) {
            throw LogsException.invalid("logStreamNamePrefix and logStreamNames are mutually exclusive parameters.");
        }
        return named.isEmpty() ? name -> name.startsWith(prefix.orElse("")) : named::contains;
    }

    private static Position position(String token) {
        boolean known = token.startsWith(FORWARD) || token.startsWith(BACKWARD);
        try {
            return Position.parse(known ? token.substring(FORWARD.length()) : "");
        } catch (NumberFormatException e) {
            throw LogsException.invalid("The specified nextToken is invalid.");
        }
    }

    private static void write(JsonGenerator out, Event event, boolean filtered) {
        out.writeStartObject();
        if (filtered) {
            out.writeStringProperty("logStreamName", event.stream());
        }
        out.writeNumberProperty("timestamp", event.epochMillis());
        out.writeStringProperty("message", event.message());
        out.writeNumberProperty("ingestionTime", event.ingestedMillis());
        if (filtered) {
            out.writeStringProperty("eventId", event.position().eventId());
        }
        out.writeEndObject();
    }
}
