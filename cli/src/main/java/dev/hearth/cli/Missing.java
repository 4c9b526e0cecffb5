package dev.hearth.cli;

import java.util.List;

/// Says that a function is not there, and which one may have been meant.
final class Missing {
    private Missing() {}

    static CommandFailure function(LambdaApi lambda, String name) {
        List<String> names =
                lambda.list().stream().map(f -> f.textOrEmpty("FunctionName")).toList();
        String remedy = Similar.to(name, names)
                .map(close -> "Did you mean '" + close + "'?")
                .orElse(
                        names.isEmpty()
                                ? "No function is deployed yet: hearth deploy PATH."
                                : "`hearth list` names those that are.");
        return new CommandFailure(ExitCode.REFUSED, "There is no function '" + name + "'. " + remedy);
    }
}
