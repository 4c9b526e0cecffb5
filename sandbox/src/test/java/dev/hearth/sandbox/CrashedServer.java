package dev.hearth.sandbox;

import java.nio.file.Path;

/// A server in a process of its own, for tests to kill: it starts one sandbox and waits for ever.
final class CrashedServer {
    private CrashedServer() {}

    /// @param arguments the data directory, and the script that the sandbox runs
    public static void main(String[] arguments) throws Exception {
        LinuxSandboxes sandboxes = LinuxSandboxes.open(SandboxConfig.defaults(Path.of(arguments[0])));
        Sandbox sandbox = sandboxes.create(SandboxFixture.shell(arguments[1]));
        sandbox.start();
        System.out.println("started");
        sandbox.awaitExit();
    }
}
