package dev.hearth.sandbox;

import dev.hearth.model.ByteSize;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// What sandboxes have in common whose processes are one cgroup's, however they came into being: limits, standing by,
/// and the end. Safe for any thread.
abstract class CgroupSandbox implements Sandbox {
    private static final System.Logger LOG = System.getLogger("dev.hearth.sandbox");
    private static final int LIMIT_SECONDS = 10;

    private final String id;
    private final ServerSocketChannel runtimeApi;
    private final SandboxOutput output;
    private final Cgroup cgroup;
    private final CpuShare cpus;
    private final Standby standby;
    private final CleanUp cleanUp;
    private final CompletableFuture<SandboxExit> exit = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /// What each is made of.
    record Parts(
            String id,
            ServerSocketChannel runtimeApi,
            SandboxOutput output,
            Cgroup cgroup,
            CpuShare cpus,
            Standby standby,
            CleanUp cleanUp) {}

    CgroupSandbox(Parts parts) {
        this.id = parts.id();
        this.runtimeApi = parts.runtimeApi();
        this.output = parts.output();
        this.cgroup = parts.cgroup();
        this.cpus = parts.cpus();
        this.standby = parts.standby();
        this.cleanUp = parts.cleanUp();
    }

    /// Kills everything in it; the end is noticed as any other.
    abstract void kill();

    /// The command has ended.
    final void ended(SandboxExit how) {
        exit.complete(how);
    }

    final Cgroup cgroup() {
        return cgroup;
    }

    final Standby standby() {
        return standby;
    }

    final CleanUp cleanUp() {
        return cleanUp;
    }

    final boolean isClosed() {
        return closed.get();
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final ServerSocketChannel runtimeApi() {
        return runtimeApi;
    }

    @Override
    public final SandboxOutput output() {
        return output;
    }

    @Override
    public final SandboxExit awaitExit() throws InterruptedException {
        try {
            return exit.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the exit of a sandbox is never an exception", e);
        }
    }

    @Override
    public final Optional<SandboxExit> exit() {
        return Optional.ofNullable(exit.getNow(null));
    }

    @Override
    public final ByteSize peakMemory() {
        return cgroup.peakMemory();
    }

    @Override
    public final long oomKills() {
        return cgroup.oomKills();
    }

    @Override
    public final void yieldCpus(boolean yields) {
        set("CPU share", () -> cgroup.yieldCpus(yields));
    }

    @Override
    public final void boost(boolean on) {
        set("CPU quota", () -> cgroup.limitCpus(on ? cpus.boosted() : cpus.normal()));
    }

    private void set(String what, Setting setting) {
        try {
            setting.set();
        } catch (IOException e) {
            if (!closed.get()) {
                LOG.log(System.Logger.Level.WARNING, "cannot set the {0} sandbox={1} error={2}", what, id, e);
            }
        }
    }

    private interface Setting {
        void set() throws IOException;
    }

    @Override
    public boolean freeze() {
        return !exit.isDone() && standby.freeze();
    }

    @Override
    public final void thaw() {
        standby.thaw();
    }

    @Override
    public final ByteSize pageOut() {
        return standby.pageOut();
    }

    @Override
    public final void pageIn() {
        standby.pageIn();
    }

    @Override
    public final ByteSize residentMemory() {
        return standby.residentMemory();
    }

    @Override
    public final void close() {
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
}
