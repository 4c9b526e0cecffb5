package dev.hearth.sandbox;

/// What a host can offer for the isolation of functions, and what it means where it does not.
public enum Protection {
    BUBBLEWRAP(
            Need.ALWAYS,
            "bubblewrap",
            "functions cannot run",
            "install bubblewrap (Debian: apt-get install bubblewrap)"),
    NAMESPACES(
            Need.ALWAYS,
            "user, mount, pid, ipc, uts and cgroup namespaces",
            "functions cannot run",
            "allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1, "
                    + "kernel.apparmor_restrict_unprivileged_userns=0; in a container: --privileged)"),
    ROOT(
            Need.FOR_ISOLATION,
            "root",
            "functions are the server's own user for the host, and one user all of them",
            "start Hearth as root"),
    OWN_NETWORK(
            Need.FOR_ISOLATION,
            "a network and mounts of its own for each function",
            "functions share the host's network, and can reach its loopback and each other's Runtime API",
            "start Hearth as root, in a container with --privileged"),
    SYSCALL_FILTER(
            Need.FOR_ISOLATION,
            "system call filter",
            "functions can make every system call of the kernel",
            "use a kernel with CONFIG_SECCOMP_FILTER on x86-64 or aarch64"),
    MEMORY_LIMIT(
            Need.FOR_ISOLATION,
            "memory limit",
            "a function can use all of the host's memory",
            "mount the cgroup memory controller and start Hearth as root (systemd: Delegate=yes)"),
    CPU_LIMIT(
            Need.FOR_ISOLATION,
            "CPU limit",
            "a function can use all of the host's CPUs",
            "mount the cgroup cpu controller and start Hearth as root (systemd: Delegate=yes)"),
    PROCESS_LIMIT(
            Need.FOR_ISOLATION,
            "process limit",
            "a function can fill the host's process table",
            "mount the cgroup pids controller and start Hearth as root (systemd: Delegate=yes)"),
    TMP_IMAGES(
            Need.USEFUL,
            "/tmp on disk",
            "what functions write to /tmp counts against their memory",
            "provide loop devices and mkfs.ext4 (Debian: apt-get install e2fsprogs; modprobe loop)"),
    OUTBOUND_NETWORK(
            Need.USEFUL,
            "outbound network",
            "functions that ask for a network cannot start",
            "install iproute2 and nftables (Debian: apt-get install iproute2 nftables)"),
    FREEZER(
            Need.USEFUL,
            "freezer",
            "idle functions are stopped by signals: 'thaw' starts take longer, and a parent can tell that its child stopped",
            "mount the cgroup freezer controller, or use cgroup v2"),
    SWAP(
            Need.USEFUL,
            "swap",
            "no 'pagein' starts: idle functions keep their memory, so that fewer of them stay ready",
            "add swap or zram, or more of it (Debian: apt-get install zram-tools)");

    private final Need need;
    private final String label;
    private final String consequence;
    private final String remedy;

    Protection(Need need, String label, String consequence, String remedy) {
        this.need = need;
        this.label = label;
        this.consequence = consequence;
        this.remedy = remedy;
    }

    public Need need() {
        return need;
    }

    /// For people to read.
    public String label() {
        return label;
    }

    /// What it means that it is missing.
    public String consequence() {
        return consequence;
    }

    /// What to do about it.
    public String remedy() {
        return remedy;
    }

    /// How much depends on it.
    public enum Need {
        /// Nothing runs without it.
        ALWAYS,
        /// Without it Hearth starts only where weak isolation is allowed.
        FOR_ISOLATION,
        /// Hearth does without.
        USEFUL
    }
}
