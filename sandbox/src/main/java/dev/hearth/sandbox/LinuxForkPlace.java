package dev.hearth.sandbox;

import dev.hearth.sandbox.ForkHome.Tmp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// A place for one forked process.
final class LinuxForkPlace implements ForkPlace {
    /// For `oom_score_adj`, in thousandths of the memory limit.
    private static final String LIKELIER_THAN_ZYGOTE = "100";

    private final SandboxHost host;
    private final ForkHome home;
    private final String id;
    private final Cgroup cgroup;
    private final CpuShare cpus;
    private final Tmp tmp;
    private final PipeOutput output;
    private final CleanUp cleanUp;
    private final AtomicBoolean used = new AtomicBoolean();

    LinuxForkPlace(
            SandboxHost host,
            ForkHome home,
            String id,
            Cgroup cgroup,
            CpuShare cpus,
            Tmp tmp,
            PipeOutput output,
            CleanUp cleanUp) {
        this.host = host;
        this.home = home;
        this.id = id;
        this.cgroup = cgroup;
        this.cpus = cpus;
        this.tmp = tmp;
        this.output = output;
        this.cleanUp = cleanUp;
    }

    @Override
    public String directory() {
        return "/tmp/" + ForkHome.DIRECTORY;
    }

    @Override
    public Sandbox adopt() throws SandboxException {
        if (!used.compareAndSet(false, true)) {
            throw new IllegalStateException("place " + id + " was used before");
        }
        try {
            long pid = home.forkedIn(cgroup);
            int pidfd = Native.pidfdOpen(pid);
            cleanUp.add(() -> Native.close(pidfd));
            requireOwnNamespaces(pid);
            CgroupDirectory.write(Path.of("/proc", Long.toString(pid), "oom_score_adj"), LIKELIER_THAN_ZYGOTE);
            mountTmp(pid);
            return sandbox(pid, pidfd);
        } catch (IOException e) {
            discard();
            throw new SandboxException("Cannot use what was forked for " + id + ": " + e.getMessage(), e);
        }
    }

    private ForkedSandbox sandbox(long pid, int pidfd) throws IOException {
        Freezer freezer = cgroup.freezer().orElseThrow(() -> new IOException("it needs " + Protection.FREEZER.label()));
        Standby standby = new Standby(freezer, cgroup, cgroup::processes, host.pageOut());
        var parts = new CgroupSandbox.Parts(id, tmp.api(), output, cgroup, cpus, standby, cleanUp);
        ForkedSandbox sandbox = new ForkedSandbox(parts, pid, pidfd, host.pump(), output, home);
        Optional<Path> control = cgroup.oomControl();
        if (control.isPresent()) {
            OomWatch watch = OomWatch.start(host.pump(), control.get(), cgroup, sandbox::kill);
            cleanUp.add(watch::close);
        }
        sandbox.watch();
        return sandbox;
    }

    /// Else `/tmp` would be mounted for the zygote and all that it forked.
    private void requireOwnNamespaces(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        Path zygote = Path.of("/proc", Long.toString(home.zygote()));
        if (Files.readSymbolicLink(process.resolve("ns/mnt"))
                .equals(Files.readSymbolicLink(zygote.resolve("ns/mnt")))) {
            throw new IOException("it has no mount namespace of its own");
        }
        boolean weak = Files.readAllLines(process.resolve("status")).stream()
                .filter(line -> line.startsWith("CapEff:") || line.startsWith("CapPrm:"))
                .allMatch(line -> line.endsWith("\t0000000000000000"));
        if (!weak) {
            throw new IOException("it has capabilities");
        }
    }

    private void mountTmp(long pid) throws IOException {
        int namespace = Native.open("/proc/" + pid + "/ns/mnt", Native.O_CLOEXEC);
        try {
            host.namespaces().orElseThrow().inMounts(namespace, () -> {
                Native.moveMount(tmp.mount(), "/tmp");
                return pid;
            });
        } finally {
            Native.close(namespace);
        }
    }

    private void discard() {
        home.leave(cgroup);
        cgroup.kill();
        cleanUp.run();
    }

    @Override
    public void close() {
        if (used.compareAndSet(false, true)) {
            discard();
        }
    }
}
