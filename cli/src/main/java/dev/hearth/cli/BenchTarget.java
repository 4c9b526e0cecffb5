package dev.hearth.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What a measurement calls: a function, with an event.
final class BenchTarget {
    @Parameters(paramLabel = "FUNCTION", description = "The function's name.")
    String name = "";

    @Option(names = "--qualifier", paramLabel = "NAME", description = "A version or an alias.")
    @Nullable
    String qualifier;

    @Option(
            names = "--payload",
            paramLabel = "JSON",
            defaultValue = "{}",
            description = "The event: JSON, @FILE, or - for standard input; {} where absent.")
    String payload = "{}";

    Optional<String> version() {
        return Optional.ofNullable(qualifier);
    }

    /// The function's configuration.
    ///
    /// @throws CommandFailure when there is no such function, or none that can be called
    Json configuration(LambdaApi lambda) {
        Json function = lambda.configuration(name).orElseThrow(() -> Missing.function(lambda, name));
        String failure = Readiness.failure(function);
        if (!failure.isEmpty()) {
            throw new CommandFailure(ExitCode.FUNCTION_ERROR, "'" + name + "' cannot be called: " + failure);
        }
        return function;
    }
}
