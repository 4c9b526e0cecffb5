package dev.hearth.sandbox;

import java.nio.file.Path;

/// A server in a process of its own, for tests to kill: it starts one sandbox and waits for ever.
final class CrashedServer {
    private CrashedServer() {}

    /// @param arguments the data directory, the script that the sandbox runs, and the means to freeze it if it shall be
    ///     frozen
    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        LinuxSandboxes sandboxes = arguments.length > 2
                ? Freezing.valueOf(arguments[2]).open(data)
                : LinuxSandboxes.open(SandboxConfig.defaults(data));
        Sandbox sandbox = sandboxes.create(SandboxFixture.shell(arguments[1]));
        sandbox.start();
        if (arguments.length > 2) {
            // The script says that its processes run.
            int _ = new OutputReader(sandbox.output()).read();
            System.out.println(Deadline.freeze(sandbox) ? "frozen" : "does not freeze");
        } else {
            System.out.println("started");
        }
        sandbox.awaitExit();
    }
}
