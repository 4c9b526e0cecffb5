package dev.hearth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hearth delete`: removes functions.
@Command(name = "delete", description = "Delete functions with all their versions and aliases, or one version of one.")
final class DeleteCommand extends ServerCommand {
    @Parameters(paramLabel = "NAME", arity = "1..*", description = "Names of functions.")
    List<String> names = new ArrayList<>();

    @Option(names = "--qualifier", paramLabel = "VERSION", description = "Delete only this version.")
    @Nullable
    String qualifier;

    DeleteCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run() {
        LambdaApi lambda = lambda();
        for (String name : names) {
            delete(lambda, name);
            String what = qualifier == null ? name : name + " version " + qualifier;
            terminal().print(server.json ? new Json(Map.of("deleted", what)).compact() : what + " deleted");
        }
        return ExitCode.OK;
    }

    private void delete(LambdaApi lambda, String name) {
        try {
            lambda.delete(name, Optional.ofNullable(qualifier));
        } catch (RefusedByServer e) {
            if (e.isNotFound() && qualifier == null) {
                throw Missing.function(lambda, name);
            }
            throw e;
        }
    }
}
