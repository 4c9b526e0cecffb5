package dev.hearth.sandbox;

/// What is ready for one process that will be forked inside a sandbox and live in a sandbox of its own there: a cgroup
/// with the same limits, a `/tmp`, and in it the Runtime API's socket and a pipe for what it writes.
public interface ForkPlace extends AutoCloseable {
    /// Where the forked process finds `api`, a Unix socket, and `log`, a pipe to write to, once its `/tmp` is its own.
    /// It removes the directory when it has opened both.
    String directory();

    /// Takes the process that was forked since this was made: the only one. It must have made itself a user and a mount
    /// namespace of its own, without capabilities, and wait for SIGUSR1, which [Sandbox#start] sends.
    ///
    /// @throws SandboxException when it has not; it is killed then, and this is closed
    Sandbox adopt() throws SandboxException;

    /// Removes what nobody has moved into. Never throws; does nothing after [#adopt].
    @Override
    void close();
}
