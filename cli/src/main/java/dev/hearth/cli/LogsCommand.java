package dev.hearth.cli;

import dev.hearth.cli.LogsApi.LogEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hearth logs`: what a function logged, and with `-f` what it goes on to log.
@Command(
        name = "logs",
        description = "Print what a function logged, oldest first.",
        footer = {"", "  hearth logs -f orders", "  hearth logs orders --since 2h"})
final class LogsCommand extends ServerCommand {
    private static final long PAUSE_MILLIS = 300;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    @Parameters(paramLabel = "NAME", description = "The function's name.")
    String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on printing until interrupted.")
    boolean follow;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            defaultValue = "1d",
            description = "How far back: 30s, 10m, 2h, 1d, or a time such as 2026-01-31T12:00:00Z; 1d where absent.")
    String since = "1d";

    LogsCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run() {
        LogsApi logs = logs();
        Instant from = Since.parse(since, Instant.now());
        List<LogEvent> events = first(logs, from);
        events.forEach(this::print);
        if (follow) {
            followFrom(logs, from, events);
        }
        return ExitCode.OK;
    }

    /// A function that has never logged has no log group; one that is not there is an error.
    private List<LogEvent> first(LogsApi logs, Instant from) {
        List<LogEvent> events = eventsOrNone(logs, from);
        if (events.isEmpty()) {
            LambdaApi lambda = lambda();
            if (lambda.configuration(name).isEmpty()) {
                throw Missing.function(lambda, name);
            }
            terminal()
                    .note("'" + name + "' has logged nothing since " + TIME.format(from)
                            + (follow ? "; waiting." : ". Call it: hearth invoke " + name));
        }
        return events;
    }

    private void followFrom(LogsApi logs, Instant start, List<LogEvent> printed) {
        Instant from = start;
        Set<String> seen = ids(printed);
        while (true) {
            if (!printed.isEmpty()) {
                from = Instant.ofEpochMilli(printed.getLast().timestampMillis());
            }
            Readiness.pause(PAUSE_MILLIS);
            List<LogEvent> events = eventsOrNone(logs, from);
            Set<String> known = seen;
            events.stream().filter(event -> !known.contains(event.id())).forEach(this::print);
            seen = ids(events);
            printed = events;
        }
    }

    private List<LogEvent> eventsOrNone(LogsApi logs, Instant from) {
        try {
            return logs.events(name, from);
        } catch (RefusedByServer e) {
            if (e.isNotFound()) {
                return List.of();
            }
            throw e;
        }
    }

    private static Set<String> ids(List<LogEvent> events) {
        return events.stream().map(LogEvent::id).collect(Collectors.toCollection(HashSet::new));
    }

    private void print(LogEvent event) {
        if (server.json) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("timestamp", event.timestampMillis());
            fields.put("logStream", event.stream());
            fields.put("message", event.message());
            terminal().print(new Json(fields).compact());
            return;
        }
        String time = TIME.format(Instant.ofEpochMilli(event.timestampMillis()));
        terminal().print(terminal().dim(time) + "  " + event.message().stripTrailing());
    }
}
