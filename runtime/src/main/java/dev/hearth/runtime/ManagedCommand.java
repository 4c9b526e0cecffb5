package dev.hearth.runtime;

import dev.hearth.model.FunctionSettings;
import java.util.ArrayList;
import java.util.List;

/// The command lines of the runtimes that Hearth brings a bootstrap for.
final class ManagedCommand {
    private static final String WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER";
    private static final int HEAP_PERCENT = 85;

    private ManagedCommand() {}

    /// @param program the interpreter or virtual machine, as a path inside the sandbox
    static List<String> of(RuntimeId.Family family, String program, FunctionSettings settings) {
        List<String> command = new ArrayList<>();
        if (!settings.environment().getOrDefault(WRAPPER, "").isEmpty()) {
            command.addAll(List.of("/bin/sh", Bootstraps.TARGET + "/exec-wrapper.sh"));
        }
        command.add(program);
        command.addAll(
                switch (family) {
                    case PYTHON -> List.of(Bootstraps.TARGET + "/bootstrap.py");
                    case NODE -> node(settings);
                    case JAVA -> java(settings);
                    case PROVIDED, UNSUPPORTED ->
                        throw new IllegalArgumentException(family + " functions bring their own command");
                });
        return List.copyOf(command);
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

    /// Short-lived functions gain from the simplest compiler and collector. The heap gets of the memory what AWS
    /// gives it; the rest is for the virtual machine itself.
    private static List<String> java(FunctionSettings settings) {
        long heapKib = settings.memory().bytes() / 1024 * HEAP_PERCENT / 100;
        return List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-XX:MaxHeapSize=" + heapKib + "k",
                "-Djava.net.preferIPv4Stack=true",
                "-cp",
                Bootstraps.TARGET + "/lib/*:/var/task:/var/task/lib/*:/opt/java/lib/*",
                "dev.hearth.runtime.java.Bootstrap");
    }
}
