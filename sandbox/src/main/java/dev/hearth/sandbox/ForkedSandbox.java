package dev.hearth.sandbox;

import dev.hearth.model.ByteSize;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// A process that was forked inside another sandbox, with limits, `/tmp`, output and Runtime API of its own. It ends
/// with that sandbox at the latest. Safe for any thread.
final class ForkedSandbox implements Sandbox {
    private static final System.Logger LOG = System.getLogger("dev.hearth.sandbox");
    private static final int LIMIT_SECONDS = 10;
    private static final int SIGNAL_MASK = 0x7f;

    private final String id;
    private final ServerSocketChannel runtimeApi;
    private final long pid;
    private final int pidfd;
    private final OutputPump pump;
    private final PipeOutput output;
    private final ForkHome home;
    private final Cgroup cgroup;
    private final CpuShare cpus;
    private final Standby standby;
    private final CleanUp cleanUp;
    private final CompletableFuture<SandboxExit> exit = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    ForkedSandbox(
            String id,
            ServerSocketChannel runtimeApi,
            long pid,
            int pidfd,
            OutputPump pump,
            PipeOutput output,
            ForkHome home,
            Cgroup cgroup,
            CpuShare cpus,
            Standby standby,
            CleanUp cleanUp) {
        this.id = id;
        this.runtimeApi = runtimeApi;
        this.pid = pid;
        this.pidfd = pidfd;
        this.pump = pump;
        this.output = output;
        this.home = home;
        this.cgroup = cgroup;
        this.cpus = cpus;
        this.standby = standby;
        this.cleanUp = cleanUp;
    }

    /// Begins to wait for its end.
    void watch() throws IOException {
        pump.watch(pidfd, this::ended);
        cleanUp.add(() -> pump.forget(pidfd));
    }

    /// On the pump's thread, at the end of the process, which nobody has waited for yet: its parent does so with its
    /// next fork, so that its status can still be read.
    private void ended() {
        pump.forget(pidfd);
        SandboxExit how = howItEnded();
        Thread.ofVirtual().name("sandbox-exit-" + id).start(() -> finish(how));
    }

    private void finish(SandboxExit how) {
        kill(); // what it has started dies with it
        output.handedOver();
        exit.complete(how);
    }

    private SandboxExit howItEnded() {
        if (cgroup.oomKills() > 0) {
            return new SandboxExit.OutOfMemory();
        }
        if (closed.get()) {
            return new SandboxExit.Closed();
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"))
                    .strip();
            int status = Integer.parseInt(stat.substring(stat.lastIndexOf(' ') + 1)); // as waitpid(2) tells it
            return (status & SIGNAL_MASK) != 0
                    ? new SandboxExit.Signalled(status & SIGNAL_MASK)
                    : new SandboxExit.Exited(status >> 8);
        } catch (IOException e) {
            return new SandboxExit.Signalled(9); // gone with the zygote, and with all that it had forked
        }
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
    public void start() throws SandboxException {
        try {
            Native.pidfdSendSignal(pidfd, Native.SIGUSR1);
        } catch (IOException e) {
            throw new SandboxException("Cannot start forked sandbox " + id + ": " + e.getMessage(), e);
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
    public void boost(boolean on) {
        try {
            cgroup.limitCpus(on ? cpus.boosted() : cpus.normal());
        } catch (IOException e) {
            if (!closed.get()) {
                LOG.log(System.Logger.Level.WARNING, "cannot set the CPU quota sandbox={0} error={1}", id, e);
            }
        }
    }

    /// The zygote must not stand still with it.
    @Override
    public boolean freeze() {
        home.leave(cgroup);
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
    public ByteSize residentMemory() {
        return standby.residentMemory();
    }

    /// Kills all that it has started, but not the zygote.
    void kill() {
        home.leave(cgroup);
        cgroup.kill();
        standby.close();
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
            LOG.log(System.Logger.Level.WARNING, "forked sandbox does not end sandbox={0}", id);
        }
        cleanUp.run();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
