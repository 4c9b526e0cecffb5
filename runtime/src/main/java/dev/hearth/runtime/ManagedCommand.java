package dev.hearth.runtime;

import dev.hearth.model.FunctionSettings;
import java.util.ArrayList;
import java.util.List;

/// The command lines of the runtimes that Hearth brings a bootstrap for.
final class ManagedCommand {
    private static final String WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER";

    private ManagedCommand() {}

    /// @param program the interpreter, as a path inside the sandbox
    static List<String> of(RuntimeId.Family family, String program, FunctionSettings settings) {
        return wrapped(
                program,
                settings,
                switch (family) {
                    case PYTHON -> python(settings);
                    case NODE -> node(settings);
                    case JAVA -> throw new IllegalArgumentException("Java functions have a class path of their own");
                    case PROVIDED, UNSUPPORTED ->
                        throw new IllegalArgumentException(family + " functions bring their own command");
                });
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

    /// Without the host's .pth files, see the bootstrap. A wrapper's own programs get what Python gives.
    private static List<String> python(FunctionSettings settings) {
        String bootstrap = Bootstraps.TARGET + "/bootstrap.py";
        return isWrapped(settings) ? List.of(bootstrap) : List.of("-S", bootstrap);
    }

    /// With AWS's options: a heap that fits the memory fails in JavaScript rather than by being killed.
    private static List<String> node(FunctionSettings settings) {
        long mib = settings.memory().toMibRoundedUp();
        return List.of(
                "--expose-gc",
                "--max-http-header-size=81920",
                "--max-semi-space-size=" + mib * 5 / 100,
                "--max-old-space-size=" + mib * 90 / 100,
                Bootstraps.TARGET + "/index.js");
    }
}
