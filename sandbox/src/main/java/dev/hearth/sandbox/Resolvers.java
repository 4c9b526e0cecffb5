package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The DNS servers that sandboxes with a network ask.
///
/// @param addresses IPv4
/// @param options   the other lines of `resolv.conf`, such as `search`
record Resolvers(List<String> addresses, List<String> options) {
    private static final String NAMESERVER = "nameserver ";

    /// Where systemd-resolved writes down whom it asks itself: a sandbox cannot ask it, at the host's loopback.
    private static final List<Path> FILES =
            List.of(Path.of("/etc/resolv.conf"), Path.of("/run/systemd/resolve/resolv.conf"));

    static Resolvers of(SandboxConfig config) throws IOException {
        if (!config.resolvers().isEmpty()) {
            return new Resolvers(config.resolvers(), List.of());
        }
        for (Path file : FILES) {
            Resolvers found =
                    Files.exists(file) ? parse(Files.readAllLines(file)) : new Resolvers(List.of(), List.of());
            if (!found.addresses().isEmpty()) {
                return found;
            }
        }
        System.getLogger("dev.hearth.sandbox")
                .log(
                        System.Logger.Level.WARNING,
                        "the host has no DNS server that sandboxes could ask; functions cannot resolve names until"
                                + " resolvers are configured");
        return new Resolvers(List.of(), List.of());
    }

    /// Leaves out what a sandbox cannot reach: the host's loopback, and IPv6.
    static Resolvers parse(List<String> resolvConf) {
        List<String> addresses = resolvConf.stream()
                .map(String::strip)
                .filter(line -> line.startsWith(NAMESERVER))
                .map(line -> line.substring(NAMESERVER.length()).strip())
                .filter(address -> !address.startsWith("127.") && !address.contains(":"))
                .toList();
        List<String> options = resolvConf.stream()
                .map(String::strip)
                .filter(line -> line.startsWith("search ") || line.startsWith("options "))
                .toList();
        return new Resolvers(addresses, options);
    }

    String resolvConf() {
        StringBuilder text = new StringBuilder();
        options.forEach(option -> text.append(option).append('\n'));
        addresses.forEach(address -> text.append(NAMESERVER).append(address).append('\n'));
        return text.toString();
    }
}
