package dev.hearth.sandbox;

import dev.hearth.sandbox.Protection.Need;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What all sandboxes of one server share: what the host offers, and the parts that use it.
///
/// @param namespaces absent where the server cannot make namespaces (weak isolation)
/// @param pageOut    moves the memory of idle sandboxes to swap
/// @param images     absent where `/tmp` must be a tmpfs
/// @param outbound   absent where the host has not what it takes
/// @param etc        what sandboxes see there
/// @param seccompFile the filter, or an empty file
/// @param forkSeccompFile the same for sandboxes that fork
record SandboxHost(
        SandboxConfig config,
        HostProbe probe,
        RunDirectory run,
        Recovery recovered,
        Cgroups cgroups,
        OutputPump pump,
        PageOut pageOut,
        Launcher launcher,
        Optional<NamespaceThread> namespaces,
        Optional<TmpImages> images,
        Optional<OutboundNetwork> outbound,
        EtcTree etc,
        Path seccompFile,
        Path forkSeccompFile,
        boolean isRoot,
        IdPool uids)
        implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.hearth.sandbox");

    /// @param own where the server stands
    static SandboxHost open(SandboxConfig config, HostProbe probe, OwnCgroup own) throws IOException {
        requireProtections(config, probe);
        RunDirectory run = RunDirectory.claim(runDirectory(config, probe), config.dataDirectory());
        try {
            return open(config, probe, own, run);
        } catch (IOException e) {
            run.close();
            throw e;
        }
    }

    private static SandboxHost open(SandboxConfig config, HostProbe probe, OwnCgroup own, RunDirectory run)
            throws IOException {
        Path files = config.dataDirectory().resolve("sandbox").toAbsolutePath();
        Files.createDirectories(files);
        Recovery recovered = Recovery.run(files, run.serverId());
        Cgroups cgroups = Cgroups.open(own, run.serverId(), controllers(probe));
        Recovery.remember(files, cgroups.bases());
        EtcTree etc = EtcTree.build(run.own().resolve("etc"), Path.of("/etc"), "");
        Optional<NamespaceThread> namespaces =
                probe.has(Protection.OWN_NETWORK) ? Optional.of(new NamespaceThread()) : Optional.empty();
        Optional<TmpImages> images = probe.has(Protection.TMP_IMAGES)
                ? namespaces.map(thread -> new TmpImages(files, run.stage(), thread))
                : Optional.empty();
        return new SandboxHost(
                config,
                probe,
                run,
                recovered,
                cgroups,
                new OutputPump(),
                new PageOut(),
                new Launcher(),
                namespaces,
                images,
                OutboundNetwork.openIfPossible(config, probe, run, namespaces.orElse(null)),
                etc,
                writeSeccomp(run, probe, false),
                writeSeccomp(run, probe, true),
                probe.has(Protection.ROOT),
                new IdPool(config.hostUids() / RunDirectory.SLOTS));
    }

    /// Below /run only root may write. A server of another user makes no namespaces and knows no slots, so that it need
    /// not share a directory with others.
    private static Path runDirectory(SandboxConfig config, HostProbe probe) {
        return probe.has(Protection.ROOT)
                ? config.runDirectory()
                : config.dataDirectory().resolve("run").toAbsolutePath();
    }

    private static void requireProtections(SandboxConfig config, HostProbe probe) throws IOException {
        List<HostFinding> missing = probe.missing(config.allowWeakIsolation() ? Need.ALWAYS : Need.FOR_ISOLATION);
        if (!missing.isEmpty()) {
            String explanations =
                    missing.stream().map(HostFinding::explanation).collect(Collectors.joining("\n  - ", "\n  - ", ""));
            throw new IOException("this host lacks protections that functions need to be kept apart:" + explanations
                    + (config.allowWeakIsolation() ? "" : "\nTo start without them, allow weak isolation."));
        }
        for (HostFinding finding : probe.missing(Need.FOR_ISOLATION)) {
            LOG.log(System.Logger.Level.WARNING, "weak isolation missing={0}", finding.explanation());
        }
    }

    private static Set<String> controllers(HostProbe probe) {
        Set<String> names = new HashSet<>();
        if (probe.has(Protection.MEMORY_LIMIT)) {
            names.add("memory");
        }
        if (probe.has(Protection.CPU_LIMIT)) {
            names.add("cpu");
        }
        if (probe.has(Protection.PROCESS_LIMIT)) {
            names.add("pids");
        }
        if (probe.has(Protection.FREEZER) && !names.isEmpty()) {
            names.add("freezer");
        }
        return names;
    }

    private static Path writeSeccomp(RunDirectory run, HostProbe probe, boolean forks) throws IOException {
        Path file = run.own().resolve(forks ? "seccomp-forks" : "seccomp");
        boolean filters = probe.has(Protection.SYSCALL_FILTER);
        Files.write(file, filters ? SeccompPolicy.program(forks).orElseThrow() : new byte[0]);
        return file;
    }

    boolean filtersCalls() {
        return probe.has(Protection.SYSCALL_FILTER);
    }

    boolean ownsNamespaces() {
        return namespaces.isPresent();
    }

    @Override
    public void close() {
        outbound.ifPresent(OutboundNetwork::close);
        launcher.close();
        pageOut.close();
        pump.close();
        namespaces.ifPresent(NamespaceThread::close);
        cgroups.close();
        run.close();
    }
}
