package dev.hearth.sandbox;

import dev.hearth.model.ByteSize;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// A sandbox on Linux: a bubblewrap process, its child that is the first process of the sandbox's process namespace,
/// and whatever runs in there. When either of the two dies, the kernel kills all the rest.
///
/// Safe for any thread. One virtual thread waits for the end.
final class LinuxSandbox implements Sandbox {
    private static final System.Logger LOG = System.getLogger("dev.hearth.sandbox");
    private static final int LIMIT_SECONDS = 10;
    private static final int SIGNAL_BASE = 128;
    private static final int LAST_SIGNAL = 64;

    private final String id;
    private final ServerSocketChannel runtimeApi;
    private final String runtimeApiAddress;
    private final Process process;
    private final SandboxOutput output;
    private final BubblewrapStatus status;
    private final Cgroup cgroup;
    private final CpuShare cpus;
    private final Standby standby;
    private final Optional<ForkHome> forks;
    private final CommandProcess command;
    private final CleanUp cleanUp;
    private final CompletableFuture<SandboxExit> exit = new CompletableFuture<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    LinuxSandbox(
            String id,
            ServerSocketChannel runtimeApi,
            String runtimeApiAddress,
            Process process,
            SandboxOutput output,
            BubblewrapStatus status,
            Cgroup cgroup,
            CpuShare cpus,
            Standby standby,
            Optional<ForkHome> forks,
            CleanUp cleanUp) {
        this.id = id;
        this.runtimeApi = runtimeApi;
        this.runtimeApiAddress = runtimeApiAddress;
        this.process = process;
        this.output = output;
        this.status = status;
        this.cgroup = cgroup;
        this.cpus = cpus;
        this.standby = standby;
        this.forks = forks;
        this.command = new CommandProcess(status.child());
        this.cleanUp = cleanUp;
        Thread.ofVirtual().name("sandbox-exit-" + id).start(this::watchExit);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public ServerSocketChannel runtimeApi() {
        return runtimeApi;
    }

    @Override
    public String runtimeApiAddress() {
        return runtimeApiAddress;
    }

    @Override
    public void start() throws SandboxException {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("sandbox " + id + " was started before");
        }
        try (var block = process.getOutputStream()) {
            block.write(1);
        } catch (IOException e) {
            throw new SandboxException(
                    "Cannot start sandbox " + id + ": it has ended already, as "
                            + exit().map(Object::toString).orElse("not known yet") + "; its output says why",
                    e);
        }
    }

    @Override
    public SandboxOutput output() {
        return output;
    }

    @Override
    public SandboxExit awaitExit() throws InterruptedException {
        try {
            return exit.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the exit of a sandbox is never an exception", e);
        }
    }

    @Override
    public Optional<SandboxExit> exit() {
        return Optional.ofNullable(exit.getNow(null));
    }

    @Override
    public ByteSize peakMemory() {
        return cgroup.peakMemory();
    }

    @Override
    public long oomKills() {
        return cgroup.oomKills();
    }

    @Override
    public void yieldCpus() {
        try {
            cgroup.yieldCpus();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot set the CPU share sandbox={0} error={1}", id, e);
        }
    }

    @Override
    public void boost(boolean on) {
        try {
            cgroup.limitCpus(on ? cpus.boosted() : cpus.normal());
        } catch (IOException e) {
            if (!closed.get()) {
                LOG.log(System.Logger.Level.WARNING, "cannot set the CPU quota sandbox={0} error={1}", id, e);
            }
        }
    }

    @Override
    public boolean freeze() {
        return !exit.isDone() && standby.freeze();
    }

    @Override
    public void thaw() {
        standby.thaw();
    }

    @Override
    public ByteSize pageOut() {
        return standby.pageOut();
    }

    @Override
    public boolean isAlive() {
        return !exit.isDone() && command.isAlive();
    }

    @Override
    public void pageIn() {
        standby.pageIn();
    }

    @Override
    public ByteSize residentMemory() {
        return standby.residentMemory();
    }

    @Override
    public ForkPlace prepareFork() throws SandboxException {
        return forks.isPresent() ? forks.get().prepare() : Sandbox.super.prepareFork();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        kill();
        try {
            exit.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(System.Logger.Level.WARNING, "sandbox does not end sandbox={0}", id);
        }
        cleanUp.run();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Kills everything in it; the end is noticed as any other.
    void kill() {
        process.destroyForcibly();
        cgroup.kill();
        standby.close();
    }

    private void watchExit() {
        try {
            process.waitFor();
            // The kernel kills the rest, which cannot die where version 1 of cgroups has frozen it.
            standby.close();
            exit.complete(howItEnded());
        } catch (InterruptedException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the end of a sandbox is not known sandbox=" + id, e);
            exit.complete(new SandboxExit.Signalled(process.isAlive() ? 0 : process.exitValue()));
        }
    }

    private SandboxExit howItEnded() {
        OptionalInt code = status.exitCode();
        if (cgroup.oomKills() > 0) {
            return new SandboxExit.OutOfMemory();
        }
        if (closed.get()) {
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
