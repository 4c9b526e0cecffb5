package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds out which protections this host offers, by trying them rather than by looking at configuration. Takes some
/// 50 ms and leaves nothing behind.
public final class HostProbe {
    private static final int PROBE_UID = 65_534;

    /// What one small idle function takes.
    private static final int LEAST_SWAP_MIB = 32;
    private static final List<String> DIRECTORIES = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private final Map<Protection, HostFinding> findings = new EnumMap<>(Protection.class);

    private HostProbe() {}

    public static HostProbe run() {
        return run(Set.of());
    }

    /// As [#run()], but finds that `assumedMissing` are missing: to see what a weaker host would do.
    public static HostProbe run(Set<Protection> assumedMissing) {
        HostProbe probe = new HostProbe();
        for (Protection protection : Protection.values()) {
            HostFinding finding = assumedMissing.contains(protection)
                    ? new HostFinding(protection, false, "assumed missing")
                    : probe.look(protection);
            probe.findings.put(protection, finding);
        }
        return probe;
    }

    /// One for each [Protection], in its order.
    public List<HostFinding> findings() {
        return List.copyOf(findings.values());
    }

    public boolean has(Protection protection) {
        HostFinding finding = findings.get(protection);
        return finding != null && finding.present();
    }

    /// Those that are missing and on which at least so much depends.
    public List<HostFinding> missing(Protection.Need atLeast) {
        return findings.values().stream()
                .filter(finding -> !finding.present())
                .filter(finding -> finding.protection().need().compareTo(atLeast) <= 0)
                .toList();
    }

    private HostFinding look(Protection protection) {
        try {
            return new HostFinding(protection, true, tryOut(protection));
        } catch (IOException e) {
            return new HostFinding(protection, false, String.valueOf(e.getMessage()));
        }
    }

    private String tryOut(Protection protection) throws IOException {
        return switch (protection) {
            case BUBBLEWRAP -> Command.run("bwrap", "--version");
            case NAMESPACES -> namespaces();
            case ROOT -> root();
            case OWN_NETWORK -> ownNetwork();
            case SYSCALL_FILTER -> syscallFilter();
            case MEMORY_LIMIT -> controller("memory");
            case CPU_LIMIT -> controller("cpu");
            case PROCESS_LIMIT -> controller("pids");
            case TMP_IMAGES -> tmpImages();
            case OUTBOUND_NETWORK -> program("ip") + ", " + program("nft");
            case FREEZER -> freezer();
            case SWAP -> swap();
        };
    }

    private String namespaces() throws IOException {
        List<String> line = new ArrayList<>();
        if (isRoot()) {
            line.addAll(List.of(program("nsenter"), "--setuid=" + PROBE_UID, "--setgid=" + PROBE_UID, "--"));
        }
        line.addAll(List.of("bwrap", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "true"));
        Command.run(line.toArray(new String[0]));
        return "work";
    }

    private static String root() throws IOException {
        if (!isRoot()) {
            throw new IOException("Hearth runs as user " + userId());
        }
        return "Hearth runs as root";
    }

    static boolean isRoot() throws IOException {
        return userId() == 0;
    }

    private static int userId() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    private static String ownNetwork() throws IOException {
        try (NamespaceThread thread = new NamespaceThread()) {
            return thread.inNewNamespaces(() -> {
                NetworkInterface.LOOPBACK.up();
                return "works";
            });
        }
    }

    private static String syscallFilter() throws IOException {
        if (SeccompPolicy.program(false).isEmpty()) {
            throw new IOException("not known for " + System.getProperty("os.arch"));
        }
        boolean inKernel =
                Files.readAllLines(Path.of("/proc/self/status")).stream().anyMatch(line -> line.startsWith("Seccomp:"));
        if (!inKernel) {
            throw new IOException("the kernel has no seccomp");
        }
        return "seccomp";
    }

    private static String controller(String name) throws IOException {
        Cgroups.Version version = Cgroups.version(OwnCgroup.read());
        Optional<Path> directory = version.directoryOf(name);
        if (directory.isEmpty()) {
            throw new IOException("no cgroup controller '" + name + "'");
        }
        if (!Files.isWritable(directory.get())) {
            throw new IOException("cannot write to " + directory.get());
        }
        return version.label() + ", " + directory.get();
    }

    /// Version 2's needs no controller, and is used beside version 1's limits as well.
    private static String freezer() throws IOException {
        OwnCgroup own = OwnCgroup.read();
        return own.v2().isPresent() && Files.isWritable(own.v2().get())
                ? "cgroup v2, " + own.v2().get()
                : controller("freezer");
    }

    private static String tmpImages() throws IOException {
        program("mkfs.ext4");
        Native.close(Native.open("/dev/loop-control", Native.O_RDWR | Native.O_CLOEXEC));
        return "loop devices, ext4";
    }

    private static String swap() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/swaps"));
        if (lines.size() < 2) {
            throw new IOException("none");
        }
        // Columns: file name, type, size, used, priority; in KiB.
        long freeMib = lines.stream()
                        .skip(1)
                        .map(line -> line.split("\\s+"))
                        .mapToLong(columns -> Long.parseLong(columns[2]) - Long.parseLong(columns[3]))
                        .sum()
                / 1024;
        String found = lines.get(1).split("\\s+")[0] + ", " + freeMib + " MB free";
        if (freeMib < LEAST_SWAP_MIB) {
            throw new IOException("full: " + found);
        }
        return found;
    }

    private static String program(String name) throws IOException {
        for (String directory : DIRECTORIES) {
            Path program = Path.of(directory, name);
            if (Files.isExecutable(program)) {
                return program.toString();
            }
        }
        throw new IOException("no program '" + name + "' in " + String.join(", ", DIRECTORIES));
    }
}
