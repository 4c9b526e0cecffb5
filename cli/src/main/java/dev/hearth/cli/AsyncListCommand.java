package dev.hearth.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hearth async list`: the events that wait or are kept.
@Command(
        name = "list",
        description = "List the asynchronous events that wait or are kept, oldest first; those that were delivered are"
                + " gone.",
        footer = {"", "  hearth async list orders --state dead"})
final class AsyncListCommand extends ServerCommand {
    @Parameters(paramLabel = "FUNCTION", arity = "0..1", description = "Only events of this function.")
    @Nullable
    String function;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only events in this state: pending, retrying, dead or undelivered.")
    @Nullable
    String state;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "The most that are listed; 100 where absent.")
    int limit = 100;

    AsyncListCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run() {
        Json answer = async().list(Optional.ofNullable(function), Optional.ofNullable(state), limit);
        List<Json> events = answer.get("events").items();
        long total = answer.number("total").orElse(0L);
        if (server.json) {
            terminal().print(answer.get("events").pretty());
        } else if (total == 0) {
            terminal().note("No asynchronous event waits or is kept.");
        } else {
            print(events);
        }
        if (total > events.size()) {
            terminal().note("%,d of %,d are listed; more with --limit.".formatted(events.size(), total));
        }
        return ExitCode.OK;
    }

    private void print(List<Json> events) {
        var table = new Table("ID", "FUNCTION", "STATE", "ATTEMPTS", "ACCEPTED", "NEXT ATTEMPT", "SIZE");
        events.forEach(event -> table.add(List.of(
                event.textOrEmpty("id"),
                named(event),
                event.textOrEmpty("state"),
                event.textOrEmpty("attempts"),
                second(event.textOrEmpty("acceptedAt")),
                event.text("nextAttempt").map(AsyncListCommand::second).orElse("-"),
                Sizes.readable(event.number("bytes").orElse(0L)))));
        table.print(terminal());
    }

    /// `orders`, or `orders:live`.
    static String named(Json event) {
        String qualifier = event.textOrEmpty("qualifier");
        String name = event.textOrEmpty("function");
        return qualifier.isEmpty() || qualifier.equals("$LATEST") ? name : name + ":" + qualifier;
    }

    /// `2026-01-31T12:34:56.789Z` to the second.
    static String second(String time) {
        return time.length() < 19
                ? time
                : time.substring(0, 19).replace('T', ' ').toUpperCase(Locale.ROOT);
    }
}
