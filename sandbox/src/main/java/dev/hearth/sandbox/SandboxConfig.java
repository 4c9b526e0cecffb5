package dev.hearth.sandbox;

import java.nio.file.Path;
import java.util.List;

/// How the sandboxes of one server are made.
///
/// @param dataDirectory       the server's data directory; names the server among those of the host, and `/tmp` images
///                            lie below it
/// @param runDirectory        for locks and short-lived files of all servers on the host; gone after a reboot
/// @param allowWeakIsolation  whether to go on where the host lacks a protection
/// @param firstHostUid        the first of the user ids that sandboxes have on the host
/// @param hostUids            how many there are, shared out between at most 16 servers
/// @param minimumCpus         no sandbox gets less, so that small functions answer promptly; AWS would give a function
///                            of 128 MB 0.07 CPUs
/// @param boostCpus           what [Sandbox#boost] gives at least
/// @param outboundSubnet      IPv4 addresses of sandboxes with [Network#OUTBOUND], shared out between at most 16
/// servers;
///                            must not be in use in the host's networks
/// @param resolvers           IPv4 addresses of DNS servers for those sandboxes; none means those that the host asks
public record SandboxConfig(
        Path dataDirectory,
        Path runDirectory,
        boolean allowWeakIsolation,
        int firstHostUid,
        int hostUids,
        double minimumCpus,
        double boostCpus,
        String outboundSubnet,
        List<String> resolvers) {

    public SandboxConfig {
        resolvers = List.copyOf(resolvers);
    }

    public static SandboxConfig defaults(Path dataDirectory) {
        return new SandboxConfig(
                dataDirectory, Path.of("/run/hearth"), false, 200_000, 65_536, 0.25, 2.0, "100.127.0.0/16", List.of());
    }

    public SandboxConfig withAllowWeakIsolation(boolean allow) {
        return new SandboxConfig(
                dataDirectory,
                runDirectory,
                allow,
                firstHostUid,
                hostUids,
                minimumCpus,
                boostCpus,
                outboundSubnet,
                resolvers);
    }

    public SandboxConfig withResolvers(List<String> addresses) {
        return new SandboxConfig(
                dataDirectory,
                runDirectory,
                allowWeakIsolation,
                firstHostUid,
                hostUids,
                minimumCpus,
                boostCpus,
                outboundSubnet,
                addresses);
    }
}
