package dev.hearth.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `hearth async show`: one event with its payload.
@Command(name = "show", description = "Show an asynchronous event: where it is, why, and its payload.")
final class AsyncShowCommand extends ServerCommand {
    @Parameters(paramLabel = "ID", description = "The event's request id.")
    String id = "";

    AsyncShowCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run() {
        Json event = async().show(id);
        if (server.json) {
            terminal().print(event.pretty());
            return ExitCode.OK;
        }
        line("event", event.textOrEmpty("id"));
        line("function", AsyncListCommand.named(event));
        event.text("recordOf").ifPresent(other -> line("record of", other));
        line("called as", event.textOrEmpty("arn"));
        line("state", event.textOrEmpty("state"));
        line("attempts", event.textOrEmpty("attempts"));
        line("accepted", AsyncListCommand.second(event.textOrEmpty("acceptedAt")));
        event.text("nextAttempt").ifPresent(time -> line("next attempt", AsyncListCommand.second(time)));
        event.text("keptSince").ifPresent(time -> line("kept since", AsyncListCommand.second(time)));
        event.text("reason").filter(reason -> !reason.isEmpty()).ifPresent(reason -> line("reason", reason));
        line("trace", event.textOrEmpty("traceId"));
        terminal().print(event.get("payload").pretty());
        return ExitCode.OK;
    }

    private void line(String name, String value) {
        terminal().print(terminal().dim("%-13s".formatted(name)) + value);
    }
}
