package dev.hearth.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hearth async redrive`: tries kept events again.
@Command(
        name = "redrive",
        description = "Try a dead or undelivered event again as if it had just come, or all of a function.",
        footer = {"", "  hearth async redrive --function orders"})
final class AsyncRedriveCommand extends ServerCommand {
    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    What what;

    /// One event, or those of a function.
    static final class What {
        @Parameters(paramLabel = "ID", description = "The event's request id.")
        @Nullable
        String id;

        @Option(names = "--function", paramLabel = "NAME", description = "All that are kept of this function.")
        @Nullable
        String function;
    }

    AsyncRedriveCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run() {
        Json answer = what.id != null
                ? async().redrive(what.id)
                : async().redriveAll(what.function == null ? "" : what.function);
        if (server.json) {
            terminal().print(answer.compact());
        } else {
            print(answer.get("redriven").items(), answer.get("refused").items());
        }
        return answer.get("refused").items().isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private void print(List<Json> redriven, List<Json> refused) {
        if (redriven.isEmpty() && refused.isEmpty()) {
            terminal().note("'" + what.function + "' has no event that is dead or undelivered.");
            return;
        }
        terminal()
                .print(
                        redriven.size() == 1
                                ? String.valueOf(redriven.getFirst().value()) + " queued"
                                : redriven.size() + " events queued");
        refused.forEach(reason -> terminal().note(String.valueOf(reason.value())));
    }
}
