package dev.hearth.sandbox;

/// What the processes of a sandbox write to stdout and stderr, merged; taken without ever waiting. Safe for
/// any thread, but what two of them take at once is torn between them.
public interface SandboxOutput {

    /// Takes what is there now.
    ///
    /// @return the number of bytes put at the start of `into`; 0 when there is nothing now, -1 when there never
    ///         will be
    int poll(byte[] into);

    /// Has `readable` run whenever there is something to take, and at the end; again while it leaves something
    /// behind. It runs on one thread for all sandboxes, so it must be quick. Called once.
    void onReadable(Runnable readable);
}
