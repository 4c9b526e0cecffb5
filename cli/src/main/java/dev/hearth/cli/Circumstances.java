package dev.hearth.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where and under what load something was measured: without this, figures cannot be compared.
///
/// @param processor  the processor's name
/// @param cpus       how many this process may use
/// @param kernel     name and release
/// @param loadBefore the load average over a minute when it began
/// @param pageCache  what was done to the page cache
/// @param server     where the server was
/// @param sameMachine whether this command ran on the server's machine
record Circumstances(
        String processor,
        int cpus,
        String kernel,
        String loadBefore,
        String pageCache,
        URI server,
        boolean sameMachine) {

    static Circumstances now(URI server, String pageCache) {
        return new Circumstances(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                load(),
                pageCache,
                server,
                isThisMachine(server));
    }

    /// One line per fact, for people.
    List<String> lines() {
        String where = sameMachine ? "on this machine" : "elsewhere: the machine named here is the caller's";
        return List.of(
                "machine  " + cpus + (cpus == 1 ? " CPU" : " CPUs") + ", " + processor + ", " + kernel,
                "load     " + loadBefore + " before, " + load() + " after; page cache " + pageCache,
                "server   " + server + ", " + where);
    }

    Map<String, Object> json() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("processor", processor);
        fields.put("cpus", cpus);
        fields.put("kernel", kernel);
        fields.put("loadBefore", loadBefore);
        fields.put("loadAfter", load());
        fields.put("pageCache", pageCache);
        fields.put("server", server.toString());
        fields.put("sameMachine", sameMachine);
        return fields;
    }

    static boolean isThisMachine(URI server) {
        try {
            return InetAddress.getByName(server.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String load() {
        return firstLine("/proc/loadavg").split(" ", 2)[0];
    }

    private static String processorName() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    /// Unknown where the system has no such file: a fact that is missing is no reason not to measure.
    private static String firstLine(String file) {
        try {
            return Files.readString(Path.of(file)).lines().findFirst().orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
