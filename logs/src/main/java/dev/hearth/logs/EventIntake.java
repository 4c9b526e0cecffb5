package dev.hearth.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.core.JsonGenerator;

/// The events of one PutLogEvents: those that are taken, and which are too old or too new.
///
/// @param tooOldEnd   index after the last that is too old
/// @param tooNewStart index of the first that is too new
record EventIntake(List<LogLine> lines, OptionalInt tooOldEnd, OptionalInt tooNewStart) {
    private static final int MOST_EVENTS = 10_000;
    private static final int MOST_MESSAGE_BYTES = 256 * 1024;
    private static final Duration OLDEST = Duration.ofDays(14);
    private static final Duration NEWEST = Duration.ofHours(2);

    static EventIntake of(List<Json> events, String stream, Instant now) {
        if (events.isEmpty() || events.size() > MOST_EVENTS) {
            throw LogsException.invalid("1 validation error detected: 'logEvents' must hold between 1 and "
                    + MOST_EVENTS + " events, not " + events.size());
        }
        var lines = new ArrayList<LogLine>();
        OptionalInt tooOldEnd = OptionalInt.empty();
        OptionalInt tooNewStart = OptionalInt.empty();
        long before = Long.MIN_VALUE;
        for (int i = 0; i < events.size(); i++) {
            var event = new Fields(events.get(i));
            long time =
                    event.number("timestamp").orElseThrow(() -> LogsException.invalid("A log event has no timestamp."));
            if (time < before) {
                throw LogsException.invalid(
                        "Log events in a single PutLogEvents request must be in chronological order.");
            }
            before = time;
            if (time < now.minus(OLDEST).toEpochMilli()) {
                tooOldEnd = OptionalInt.of(i + 1);
            } else if (time > now.plus(NEWEST).toEpochMilli()) {
                tooNewStart = tooNewStart.isPresent() ? tooNewStart : OptionalInt.of(i);
            } else {
                lines.add(LogLine.event(time, now.toEpochMilli(), stream, message(event)));
            }
        }
        return new EventIntake(lines, tooOldEnd, tooNewStart);
    }

    void writeRejections(JsonGenerator out) {
        if (tooOldEnd.isEmpty() && tooNewStart.isEmpty()) {
            return;
        }
        out.writeObjectPropertyStart("rejectedLogEventsInfo");
        tooNewStart.ifPresent(index -> out.writeNumberProperty("tooNewLogEventStartIndex", index));
        tooOldEnd.ifPresent(index -> out.writeNumberProperty("tooOldLogEventEndIndex", index));
        out.writeEndObject();
    }

    private static String message(Fields event) {
        String message = event.required("message");
        if (message.isEmpty() || LineSplitter.split(message, MOST_MESSAGE_BYTES).size() > 1) {
            throw LogsException.invalid(
                    "Log event too large or empty: a message has 1 to " + MOST_MESSAGE_BYTES + " bytes.");
        }
        return message;
    }
}
