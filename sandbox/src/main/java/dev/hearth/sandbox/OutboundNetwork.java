package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The way out for sandboxes that may use one: a bridge with a subnet of its own for each server, a pair of interfaces
/// for each sandbox, address translation and a filter by nftables. The host is changed when the first sandbox asks for
/// a network, and changed back when this is closed; `net.ipv4.ip_forward` stays on.
///
/// What the filter allows is in `nftables.conf`. Safe for any thread.
final class OutboundNetwork implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.hearth.sandbox");
    private static final Path FORWARDING = Path.of("/proc/sys/net/ipv4/ip_forward");

    private final String bridge;
    private final Subnet subnet;
    private final Resolvers resolvers;
    private final Path resolvConf;
    private final NamespaceThread namespaces;
    private final IdPool addresses;
    // Held while the host is set up, once: whoever needs the network has to wait anyway.
    private final ReentrantLock lock = new ReentrantLock();
    private boolean ready;

    private OutboundNetwork(int slot, Subnet subnet, Resolvers resolvers, Path resolvConf, NamespaceThread namespaces) {
        this.bridge = "hearth" + slot;
        this.subnet = subnet;
        this.resolvers = resolvers;
        this.resolvConf = resolvConf;
        this.namespaces = namespaces;
        this.addresses = new IdPool(subnet.addresses());
    }

    /// Removes what an earlier server in the same slot left, and changes nothing else yet.
    static OutboundNetwork open(SandboxConfig config, RunDirectory run, NamespaceThread namespaces) throws IOException {
        Subnet subnet = Subnet.parse(config.outboundSubnet()).sixteenth(run.slot());
        Resolvers resolvers = Resolvers.of(config);
        Path resolvConf = run.own().resolve("resolv.conf");
        Files.writeString(resolvConf, resolvers.resolvConf());
        Files.setPosixFilePermissions(resolvConf, PosixFilePermissions.fromString("rw-r--r--"));
        OutboundNetwork network = new OutboundNetwork(run.slot(), subnet, resolvers, resolvConf, namespaces);
        if (network.exists()) {
            network.remove();
        }
        return network;
    }

    /// What sandboxes with a network see as `/etc/resolv.conf`.
    Path resolvConf() {
        return resolvConf;
    }

    /// Gives the network namespace a way out. It ends with the namespace; the address comes back by the clean-up.
    void connect(Ground ground, CleanUp cleanUp) throws IOException {
        setUpOnce();
        int number = addresses
                .take()
                .orElseThrow(() -> new IOException("all " + subnet.addresses() + " addresses of " + subnet
                        + " are in use; configure a larger outbound subnet"));
        cleanUp.add(() -> addresses.giveBack(number));
        String outside = bridge.replace("hearth", "hv") + "-" + number;
        Command.runWithInput("""
                link add %1$s type veth peer name eth0 netns %2$s
                link set %1$s master %3$s addrgenmode none up
                link set %1$s type bridge_slave isolated on
                """.formatted(outside, ground.networkPath(), bridge), "ip", "-batch", "-");
        namespaces.inNetwork(ground.networkFd(), () -> {
            NetworkInterface inside = new NetworkInterface("eth0");
            inside.address(subnet.address(number), subnet.mask());
            inside.up();
            NetworkInterface.defaultRoute(subnet.gateway());
            return inside;
        });
    }

    private void setUpOnce() throws IOException {
        lock.lock();
        try {
            if (!ready) {
                setUp();
                ready = true;
            }
        } finally {
            lock.unlock();
        }
    }

    private void setUp() throws IOException {
        Command.runWithInput(rules(), "nft", "-f", "-");
        Command.runWithInput("""
                link add %1$s type bridge
                link set %1$s addrgenmode none
                addr add %2$s/%3$d dev %1$s
                link set %1$s up
                """.formatted(bridge, subnet.gateway(), subnet.prefix()), "ip", "-batch", "-");
        if (!Files.readString(FORWARDING).startsWith("1")) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "switching on the host's IPv4 forwarding for functions' outbound network");
            CgroupDirectory.write(FORWARDING, "1");
        }
        LOG.log(System.Logger.Level.INFO, "outbound network is up bridge={0} subnet={1}", bridge, subnet);
    }

    private String rules() {
        String dns = resolvers.addresses().isEmpty()
                ? ""
                : "iifname \"BRIDGE\" ip daddr { %s } meta l4proto { tcp, udp } th dport 53 accept"
                        .formatted(String.join(", ", resolvers.addresses()));
        return Resources.text("nftables.conf")
                .replace("ACCEPT_DNS", dns)
                .replace("BRIDGE", bridge)
                .replace("SUBNET", subnet.toString());
    }

    private boolean exists() {
        return Files.exists(Path.of("/sys/class/net", bridge));
    }

    private void remove() throws IOException {
        // The interfaces of its sandboxes are gone with their namespaces.
        Command.run("ip", "link", "delete", bridge);
        Command.runWithInput("table inet %1$s {}\ndelete table inet %1$s\n".formatted(bridge), "nft", "-f", "-");
    }

    @Override
    public void close() {
        try {
            if (exists()) {
                remove();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "outbound network not removed bridge={0} error={1}", bridge, e);
        }
    }

    /// The outbound network where the host has the programs for it.
    static Optional<OutboundNetwork> openIfPossible(
            SandboxConfig config, HostProbe probe, RunDirectory run, @Nullable NamespaceThread namespaces)
            throws IOException {
        return namespaces != null && probe.has(Protection.OUTBOUND_NETWORK)
                ? Optional.of(open(config, run, namespaces))
                : Optional.empty();
    }
}
