package dev.hearth.sandbox;

/// Makes sandboxes.
public interface SandboxFactory extends AutoCloseable {
    /// Makes a sandbox whose command does not run yet: its namespaces, cgroup and mounts exist and its
    /// Runtime API socket listens, so that whoever serves that socket can be ready before the first request.
    ///
    /// @throws SandboxException when the host could not provide it; nothing is left behind then
    Sandbox create(SandboxSpec spec) throws SandboxException;

    /// Whether [Sandbox#freeze] can stop processes here.
    default boolean canFreeze() {
        return false;
    }

    /// Whether there is swap with room in it, as found when this was opened: whether [Sandbox#pageOut] is worth its
    /// time.
    default boolean canPageOut() {
        return false;
    }

    /// Whether [Sandbox#mount] works here.
    default boolean canMountLate() {
        return false;
    }

    /// Closes every sandbox that is still there.
    @Override
    void close();
}
