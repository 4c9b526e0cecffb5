package dev.hearth.runtime;

import dev.hearth.model.FunctionSettings;
import java.util.ArrayList;
import java.util.List;

/// The command lines of the runtimes that Hearth brings a bootstrap for.
final class ManagedCommand {
    private static final String WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER";

    private ManagedCommand() {}

    /// @param program Python's interpreter, as a path inside the sandbox
    static List<String> python(String program, FunctionSettings settings) {
        String bootstrap = Bootstraps.TARGET + "/bootstrap.py";
        // Without the host's .pth files, see the bootstrap. A wrapper's own programs get what Python gives.
        return wrapped(program, settings, isWrapped(settings) ? List.of(bootstrap) : List.of("-S", bootstrap));
    }

    /// A program with its arguments, through the function's wrapper where it has one.
    static List<String> wrapped(String program, FunctionSettings settings, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (isWrapped(settings)) {
            command.addAll(List.of("/bin/sh", Bootstraps.TARGET + "/exec-wrapper.sh"));
        }
        command.add(program);
        command.addAll(arguments);
        return List.copyOf(command);
    }

    static boolean isWrapped(FunctionSettings settings) {
        return !settings.environment().getOrDefault(WRAPPER, "").isEmpty();
    }
}
