package dev.hearth.sandbox;

/// How a sandbox's command ended.
public sealed interface SandboxExit {
    /// It ended by itself.
    record Exited(int code) implements SandboxExit {}

    /// A signal ended it, such as 11 for a segmentation fault.
    record Signalled(int signal) implements SandboxExit {}

    /// It, or a process of its tree, was killed because the tree's memory limit was reached.
    record OutOfMemory() implements SandboxExit {}

    /// [Sandbox#close] ended it.
    record Closed() implements SandboxExit {}

    /// The command never ran: the host could not set the sandbox up. What bubblewrap said is in the message.
    record NotStarted(String message) implements SandboxExit {}
}
