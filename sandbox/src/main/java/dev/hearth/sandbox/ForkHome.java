package dev.hearth.sandbox;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Makes room for forked processes of one sandbox, whose first process (the zygote) forks them.
///
/// **The zygote walks ahead.** To move a process between cgroups takes the kernel 10 ms, because it waits for all CPUs
/// (RCU); to be born in one takes nothing. So the zygote itself is moved into the group of the next fork while nobody
/// waits. It leaves a group before anything in there is killed.
///
/// Safe for any thread; moves are made under the monitor.
final class ForkHome {
    private static final System.Logger LOG = System.getLogger("dev.hearth.sandbox");
    private static final int REMOVE_LIMIT_MILLIS = 5_000;
    /// For `oom_score_adj`: is not killed for want of memory.
    private static final String NEVER = "-1000";

    static final String DIRECTORY = ".hearth";

    private final SandboxHost host;
    private final String id;
    private final SandboxSpec spec;
    private final int uid;
    private final long init;
    private final Cgroup home;
    private final AtomicLong sequence = new AtomicLong();

    /// Where the zygote is; guarded by the monitor.
    private Cgroup current;

    // Written under the monitor, read by whoever adopts.
    private volatile long zygote;

    /// @param uid  the sandbox's user on the host
    /// @param init the first process of the sandbox's process namespace; the zygote is its child
    ForkHome(SandboxHost host, String id, SandboxSpec spec, int uid, long init, Cgroup home) {
        this.host = host;
        this.id = id;
        this.spec = spec;
        this.uid = uid;
        this.init = init;
        this.home = home;
        this.current = home;
    }

    ForkPlace prepare() throws SandboxException {
        CleanUp cleanUp = new CleanUp();
        try {
            return prepare(cleanUp);
        } catch (IOException e) {
            cleanUp.run();
            throw new SandboxException("Cannot prepare a fork in sandbox " + id + ": " + e.getMessage(), e);
        }
    }

    private ForkPlace prepare(CleanUp cleanUp) throws IOException {
        String forkId = id + "-f" + sequence.incrementAndGet();
        CpuShare cpus = CpuShare.of(spec, host.config());
        Cgroup cgroup = host.cgroups().create(forkId, spec);
        cleanUp.add(() -> cgroup.remove(REMOVE_LIMIT_MILLIS));
        cgroup.limitCpus(cpus.normal());
        NamespaceThread thread =
                host.namespaces().orElseThrow(() -> new IOException("it needs " + Protection.OWN_NETWORK.label()));
        TmpImages images =
                host.images().orElseThrow(() -> new IOException("it needs " + Protection.TMP_IMAGES.label()));
        Path image = images.create(spec.tmp());
        Tmp tmp;
        try {
            tmp = thread.inNewNamespaces(() -> mountTmp(image));
        } finally {
            Files.deleteIfExists(image);
        }
        cleanUp.add(() -> Native.close(tmp.mount()));
        cleanUp.add(tmp.api()::close);
        PipeOutput output = PipeOutput.of(host.pump(), tmp.reading(), tmp.writing());
        cleanUp.add(output::close);
        moveZygote(cgroup);
        cleanUp.add(() -> leave(cgroup));
        return new LinuxForkPlace(host, this, forkId, cgroup, cpus, tmp, output, cleanUp);
    }

    /// On the thread for namespaces, in fresh ones.
    private Tmp mountTmp(Path image) throws IOException {
        Path stage = host.run().stage();
        TmpImages.mount(image, stage);
        Path directory = Files.createDirectory(stage.resolve(DIRECTORY));
        Path log = directory.resolve("log");
        Native.mkfifo(log.toString(), 0600);
        ServerSocketChannel api = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        int reading = -1;
        int writing = -1;
        try {
            api.bind(UnixDomainSocketAddress.of(directory.resolve("api")));
            reading = Native.open(log.toString(), Native.O_NONBLOCK | Native.O_CLOEXEC);
            // As long as this is open, the output does not end because nobody writes yet.
            writing = Native.open(log.toString(), Native.O_RDWR | Native.O_CLOEXEC);
            for (Path path : List.of(directory.resolve("api"), log, directory)) {
                Files.setAttribute(path, "unix:uid", uid);
                Files.setAttribute(path, "unix:gid", uid);
            }
            return new Tmp(Native.openTree(stage.toString()), api, reading, writing);
        } catch (IOException e) {
            api.close();
            closeIfOpen(reading);
            closeIfOpen(writing);
            throw e;
        }
    }

    private static void closeIfOpen(int fd) {
        if (fd >= 0) {
            Native.close(fd);
        }
    }

    private synchronized void moveZygote(Cgroup to) throws IOException {
        zygote = findZygote();
        String pid = Long.toString(zygote);
        if (current.equals(home)) {
            spare(pid);
        }
        for (Path file : to.joinFiles()) {
            CgroupDirectory.write(file, pid);
        }
        current = to;
    }

    /// What it forks and shares a group with for a moment may run out of memory.
    private static void spare(String pid) {
        try {
            CgroupDirectory.write(Path.of("/proc", pid, "oom_score_adj"), NEVER);
        } catch (IOException e) {
            // a root without CAP_SYS_RESOURCE: what it forks is a little likelier to be killed, see LinuxForkPlace
        }
    }

    /// The zygote goes home if it is in that group. Before its processes are killed.
    synchronized void leave(Cgroup group) {
        if (current.equals(group)) {
            try {
                moveZygote(home);
            } catch (IOException e) {
                current = home; // it has ended
                LOG.log(System.Logger.Level.DEBUG, "the zygote has ended sandbox={0} error={1}", id, e);
            }
        }
    }

    /// As it was found when it was moved last: to look takes milliseconds.
    long zygote() {
        return zygote;
    }

    private long findZygote() throws IOException {
        return ProcessHandle.of(init)
                .flatMap(process -> process.children().map(ProcessHandle::pid).min(Long::compare))
                .orElseThrow(() -> new IOException("it has ended"));
    }

    /// The one process in a group besides the zygote.
    long forkedIn(Cgroup group) throws IOException {
        List<Long> others =
                group.processes().stream().filter(pid -> pid != zygote).toList();
        if (others.size() != 1) {
            throw new IOException("it forked " + others.size() + " processes instead of one");
        }
        return others.getFirst();
    }

    /// @param mount   a descriptor of the file system for `/tmp`, mounted nowhere yet
    /// @param api     listens in it
    /// @param reading the reading end of the pipe in it
    /// @param writing keeps that from ending
    record Tmp(int mount, ServerSocketChannel api, int reading, int writing) {}
}
