package dev.hearth.sandbox;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Sandboxes on Linux, by bubblewrap, cgroup files and two namespaces of our own making. See the module's README for
/// how one comes to be. Safe for any thread.
public final class LinuxSandboxes implements SandboxFactory {
    private final SandboxHost host;
    private final AtomicLong sequence = new AtomicLong();
    private final Set<Sandbox> open = ConcurrentHashMap.newKeySet();

    private LinuxSandboxes(SandboxHost host) {
        this.host = host;
    }

    /// Removes first what a server with the same data directory left behind when it was killed.
    ///
    /// @throws SandboxException naming each protection that the host lacks, unless weak isolation is allowed; or
    ///     when another running server has the data directory
    public static LinuxSandboxes open(SandboxConfig config) throws SandboxException {
        return open(config, HostProbe.run());
    }

    /// As [#open(SandboxConfig)], on what has been found of the host already.
    public static LinuxSandboxes open(SandboxConfig config, HostProbe probe) throws SandboxException {
        try {
            return open(config, probe, OwnCgroup.read());
        } catch (IOException e) {
            throw new SandboxException("Cannot set up sandboxes: " + e.getMessage(), e);
        }
    }

    /// As [#open(SandboxConfig, HostProbe)], for tests with hierarchies left out.
    static LinuxSandboxes open(SandboxConfig config, HostProbe probe, OwnCgroup own) throws SandboxException {
        try {
            return new LinuxSandboxes(SandboxHost.open(config, probe, own));
        } catch (IOException e) {
            throw new SandboxException("Cannot set up sandboxes: " + e.getMessage(), e);
        }
    }

    /// What was left of an earlier server and removed.
    public Recovery recovered() {
        return host.recovered();
    }

    /// What was found of the host when this was opened.
    public HostProbe host() {
        return host.probe();
    }

    @Override
    public Sandbox create(SandboxSpec spec) throws SandboxException {
        String id = spec.name() + "-" + host.run().slot() + "-" + sequence.incrementAndGet();
        CleanUp cleanUp = new CleanUp();
        try {
            Sandbox sandbox = new SandboxAssembly(host, id, spec, cleanUp).assemble();
            open.add(sandbox);
            cleanUp.add(() -> open.remove(sandbox));
            return sandbox;
        } catch (IOException | IllegalArgumentException e) {
            cleanUp.run();
            throw new SandboxException("Cannot make sandbox " + id + ": " + e.getMessage(), e);
        }
    }

    /// Where there is no cgroup for it, by signals.
    @Override
    public boolean canFreeze() {
        return true;
    }

    @Override
    public boolean canPageOut() {
        return host.probe().has(Protection.SWAP)
                && (host.isRoot() || host.cgroups().canReclaim());
    }

    @Override
    public boolean canMountLate() {
        return host.isRoot()
                && host.ownsNamespaces()
                && LateMounts.work(host.run().stage());
    }

    @Override
    public void close() {
        open.forEach(Sandbox::close);
        host.close();
    }
}
