package dev.hearth.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/// A sandbox on Linux: a bubblewrap process, its child that is the first process of the sandbox's process namespace,
/// and whatever runs in there. When either of the two dies, the kernel kills all the rest.
///
/// Safe for any thread. One virtual thread waits for the end.
final class LinuxSandbox extends CgroupSandbox {
    private static final System.Logger LOG = System.getLogger("dev.hearth.sandbox");
    private static final int SIGNAL_BASE = 128;
    private static final int LAST_SIGNAL = 64;

    private final String runtimeApiAddress;
    private final Process process;
    private final BubblewrapStatus status;
    private final Optional<ForkHome> forks;
    private final Optional<SandboxOutput> sideOutput;
    private final SandboxSockets sockets;
    private final Optional<LateMounts> lateMounts;
    private final CommandProcess command;
    private final AtomicBoolean started = new AtomicBoolean();

    LinuxSandbox(
            Parts parts,
            String runtimeApiAddress,
            Process process,
            BubblewrapStatus status,
            Optional<ForkHome> forks,
            Optional<SandboxOutput> sideOutput,
            SandboxSockets sockets,
            Optional<LateMounts> lateMounts) {
        super(parts);
        this.runtimeApiAddress = runtimeApiAddress;
        this.process = process;
        this.status = status;
        this.forks = forks;
        this.sideOutput = sideOutput;
        this.sockets = sockets;
        this.lateMounts = lateMounts;
        this.command = new CommandProcess(status.child());
        Thread.ofVirtual().name("sandbox-exit-" + parts.id()).start(this::watchExit);
    }

    @Override
    public String runtimeApiAddress() {
        return runtimeApiAddress;
    }

    @Override
    public Optional<SandboxOutput> sideOutput() {
        return sideOutput;
    }

    @Override
    public Optional<SandboxSockets> sockets() {
        return Optional.of(sockets);
    }

    @Override
    public void start() throws SandboxException {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("sandbox " + id() + " was started before");
        }
        try (var block = process.getOutputStream()) {
            block.write(1);
        } catch (IOException e) {
            throw new SandboxException(
                    "Cannot start sandbox " + id() + ": it has ended already, as "
                            + exit().map(Object::toString).orElse("not known yet") + "; its output says why",
                    e);
        }
    }

    @Override
    public void terminate() {
        command.terminate();
    }

    @Override
    public boolean isAlive() {
        return exit().isEmpty() && command.isAlive();
    }

    @Override
    public void mount(List<Mount> mounts) throws SandboxException {
        if (lateMounts.isEmpty()) {
            super.mount(mounts);
            return;
        }
        try {
            lateMounts.get().mount(mounts);
        } catch (IOException e) {
            throw new SandboxException("Cannot mount into sandbox " + id() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public ForkPlace prepareFork() throws SandboxException {
        return forks.isPresent() ? forks.get().prepare() : super.prepareFork();
    }

    @Override
    void kill() {
        process.destroyForcibly();
        cgroup().kill();
        standby().close();
    }

    private void watchExit() {
        try {
            process.waitFor();
            // The kernel kills the rest, which cannot die where version 1 of cgroups has frozen it.
            standby().close();
            ended(howItEnded());
        } catch (InterruptedException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the end of a sandbox is not known sandbox=" + id(), e);
            ended(new SandboxExit.Signalled(process.isAlive() ? 0 : process.exitValue()));
        }
    }

    private SandboxExit howItEnded() {
        OptionalInt code = status.exitCode();
        if (oomKills() > 0) {
            return new SandboxExit.OutOfMemory();
        }
        if (isClosed()) {
            return new SandboxExit.Closed();
        }
        // Without a code bubblewrap itself ended first: killed, or because it could not do what it was told.
        int status = code.orElseGet(process::exitValue);
        if (status > SIGNAL_BASE && status <= SIGNAL_BASE + LAST_SIGNAL) {
            return new SandboxExit.Signalled(status - SIGNAL_BASE);
        }
        return code.isPresent()
                ? new SandboxExit.Exited(status)
                : new SandboxExit.NotStarted("bubblewrap ended with " + status + "; the sandbox's output says why");
    }
}
