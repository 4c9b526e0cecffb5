package dev.hearth.sandbox;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes one sandbox, step by step; whatever a step makes goes to the clean-up first, so that a later failure leaves
/// nothing behind.
final class SandboxAssembly {
    private static final int REMOVE_LIMIT_MILLIS = 5_000;
    private static final int MESSAGE_BYTES = 2_000;

    private final SandboxHost host;
    private final String id;
    private final SandboxSpec spec;
    private final CleanUp cleanUp;

    SandboxAssembly(SandboxHost host, String id, SandboxSpec spec, CleanUp cleanUp) {
        this.host = host;
        this.id = id;
        this.spec = spec;
        this.cleanUp = cleanUp;
    }

    LinuxSandbox assemble() throws IOException {
        int uid = takeUid();
        CpuShare cpus = CpuShare.of(spec, host.config());
        Cgroup cgroup = makeCgroup(cpus);
        Ground ground = makeGround();
        try {
            connect(ground);
            PipeOutput output = openPipe(uid);
            Optional<PipeOutput> side = spec.sideOutput() ? Optional.of(openPipe(uid)) : Optional.empty();
            PipeOutput status = openPipe();
            Process process = launch(uid, cgroup, ground, output, side, status);
            cleanUp.add(process::destroyForcibly);
            BubblewrapStatus bubblewrap = awaitBubblewrap(process, output, status);
            side.ifPresent(PipeOutput::handedOver); // opened by the process itself, which has come so far
            var parts = new CgroupSandbox.Parts(
                    id, ground.runtimeApi(), output, cgroup, cpus, standby(process, bubblewrap, cgroup), cleanUp);
            Optional<ForkHome> forks = spec.forks()
                    ? Optional.of(new ForkHome(host, id, spec, uid, bubblewrap.child(), cgroup))
                    : Optional.empty();
            LinuxSandbox sandbox = new LinuxSandbox(
                    parts,
                    ground.runtimeApiAddress(),
                    process,
                    bubblewrap,
                    forks,
                    side.map(pipe -> pipe),
                    sockets(bubblewrap),
                    lateMounts(bubblewrap));
            watchMemory(cgroup, sandbox);
            return sandbox;
        } finally {
            ground.release();
        }
    }

    private SandboxSockets sockets(BubblewrapStatus bubblewrap) {
        if (!host.ownsNamespaces()) {
            return () -> SocketChannel.open(StandardProtocolFamily.INET);
        }
        SandboxNetwork network = new SandboxNetwork(host.namespaces().orElseThrow(), bubblewrap.child());
        cleanUp.add(network::close);
        return network;
    }

    private Optional<LateMounts> lateMounts(BubblewrapStatus bubblewrap) throws IOException {
        if (spec.mountPoints().isEmpty()) {
            return Optional.empty();
        }
        LateMounts lateMounts = LateMounts.into(bubblewrap.child(), spec.mountPoints(), host);
        cleanUp.add(lateMounts::close);
        return Optional.of(lateMounts);
    }

    private Standby standby(Process process, BubblewrapStatus bubblewrap, Cgroup cgroup) {
        // bubblewrap's own two only wait: left running, they notice that what is stopped was killed.
        Freezer freezer = cgroup.freezer().orElseGet(() -> new SignalFreezer(() -> below(bubblewrap.child())));
        cleanUp.add(freezer::close);
        return new Standby(freezer, cgroup, () -> processes(process, cgroup), host.pageOut());
    }

    private static List<Long> processes(Process process, Cgroup cgroup) {
        List<Long> known = cgroup.processes();
        return known.isEmpty() && process.isAlive() ? below(process.pid()) : known;
    }

    /// The descendants of a process, parents first.
    private static List<Long> below(long pid) {
        return ProcessHandle.of(pid)
                .map(ancestor -> ancestor.descendants().map(ProcessHandle::pid).toList())
                .orElse(List.of());
    }

    private int takeUid() throws IOException {
        int share = host.config().hostUids() / RunDirectory.SLOTS;
        int number = host.uids()
                .take()
                .orElseThrow(() -> new IOException("all " + share + " user ids for sandboxes are in use"));
        cleanUp.add(() -> host.uids().giveBack(number));
        return host.config().firstHostUid() + host.run().slot() * share + number;
    }

    private Cgroup makeCgroup(CpuShare cpus) throws IOException {
        Cgroup cgroup = host.cgroups().create(id, spec);
        cleanUp.add(() -> cgroup.remove(REMOVE_LIMIT_MILLIS));
        cgroup.limitCpus(cpus.normal());
        return cgroup;
    }

    private Ground makeGround() throws IOException {
        Ground ground = host.ownsNamespaces() ? makeNamespaces() : Ground.shared(spec.mounts());
        cleanUp.add(ground.runtimeApi()::close);
        return ground;
    }

    private void connect(Ground ground) throws IOException {
        if (isOutbound()) {
            host.outbound()
                    .orElseThrow(() -> new IOException("this host cannot give it an outbound network: "
                            + Protection.OUTBOUND_NETWORK.remedy() + ", or let it do without a network"))
                    .connect(ground, cleanUp);
        }
    }

    /// Without network namespaces (weak isolation) every sandbox has the host's network.
    private boolean isOutbound() {
        return spec.network() == Network.OUTBOUND && host.ownsNamespaces();
    }

    private Ground makeNamespaces() throws IOException {
        NamespaceThread thread = host.namespaces().orElseThrow();
        Optional<TmpImages> images = host.images();
        if (images.isEmpty()) {
            return Ground.make(thread, host.run().stage(), spec.mounts(), Optional.empty());
        }
        Path image = images.get().create(spec.tmp());
        try {
            return Ground.make(thread, host.run().stage(), spec.mounts(), Optional.of(image));
        } finally {
            // Mounted or not, its name is not needed any more; the kernel keeps a mounted image until it is unmounted.
            Files.deleteIfExists(image);
        }
    }

    private void watchMemory(Cgroup cgroup, LinuxSandbox sandbox) throws IOException {
        Optional<Path> control = cgroup.oomControl();
        if (control.isPresent()) {
            OomWatch watch = OomWatch.start(host.pump(), control.get(), cgroup, sandbox::kill);
            cleanUp.add(watch::close);
        }
    }

    /// One that the sandbox's user may open anew.
    private PipeOutput openPipe(int uid) throws IOException {
        PipeOutput pipe = openPipe();
        if (host.isRoot()) {
            pipe.giveTo(uid);
        }
        return pipe;
    }

    private PipeOutput openPipe() throws IOException {
        PipeOutput pipe = PipeOutput.open(host.pump());
        cleanUp.add(pipe::close);
        return pipe;
    }

    private Process launch(
            int uid, Cgroup cgroup, Ground ground, PipeOutput output, Optional<PipeOutput> side, PipeOutput status)
            throws IOException {
        Path options = host.run().own().resolve(id + ".options");
        cleanUp.add(() -> Files.deleteIfExists(options));
        writeSecret(options, options(ground).bytes());
        try {
            return host.launcher()
                    .launch(new Launcher.Launch(
                            spec.openFiles(),
                            options,
                            spec.forks() ? host.forkSeccompFile() : host.seccompFile(),
                            side.map(PipeOutput::writingPath).orElse("-"),
                            cgroup.joinFiles(),
                            command(uid, ground),
                            output.writingEnd(),
                            status.writingEnd()));
        } finally {
            output.handedOver();
            status.handedOver();
        }
    }

    private BubblewrapOptions options(Ground ground) throws IOException {
        BubblewrapOptions options = new BubblewrapOptions();
        if (host.filtersCalls()) {
            options.seccomp();
        }
        options.root(host.etc()).mounts(spec.mounts(), ground.sources()).mountPoints(spec.mountPoints());
        ground.tmp()
                .ifPresentOrElse(
                        options::tmpFrom, () -> options.tmpInMemory(spec.tmp().bytes()));
        if (isOutbound()) {
            host.outbound().map(OutboundNetwork::resolvConf).ifPresent(options::resolvConf);
        }
        return options.seal().environment(environment(ground), spec.workingDirectory());
    }

    /// Where the Runtime API is somewhere else than specified, values that say where it is are corrected.
    private Map<String, String> environment(Ground ground) throws IOException {
        String address = ground.runtimeApiAddress();
        Map<String, String> environment = new LinkedHashMap<>(spec.environment());
        environment.replaceAll((name, value) -> value.equals(Sandbox.RUNTIME_API_ADDRESS) ? address : value);
        return environment;
    }

    private List<String> command(int uid, Ground ground) {
        List<String> command = new ArrayList<>();
        if (host.isRoot()) {
            command.add("nsenter");
            command.addAll(ground.enter());
            command.addAll(List.of("--setuid=" + uid, "--setgid=" + uid, "--"));
        }
        command.addAll(List.of("bwrap", "--args", "5", "--"));
        command.addAll(spec.command());
        return command;
    }

    private static void writeSecret(Path file, byte[] content) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, content);
    }

    private static BubblewrapStatus awaitBubblewrap(Process process, PipeOutput output, PipeOutput status)
            throws IOException {
        BubblewrapStatus bubblewrap = new BubblewrapStatus(status);
        if (bubblewrap.awaitChild().isEmpty()) {
            process.destroyForcibly();
            throw new IOException("it did not come up: " + said(process, output));
        }
        return bubblewrap;
    }

    private static String said(Process process, PipeOutput output) throws IOException {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a sandbox failed to come up");
        }
        byte[] bytes = new byte[MESSAGE_BYTES];
        int count = output.poll(bytes);
        return count <= 0 ? "it said nothing" : new String(bytes, 0, count, StandardCharsets.UTF_8).strip();
    }
}
