package dev.hearth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a measurement was made.
///
/// @param cpu    the processor's name
/// @param cores  how many the system shows
/// @param memory in GiB
/// @param kernel name and version
/// @param java   the JVM of the load generator
/// @param load   one-minute load average before the run: what else the machine was doing
record Machine(String cpu, int cores, long memory, String kernel, String java, double load) {
    static Machine here() throws IOException {
        return new Machine(
                field("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(field("/proc/meminfo", "MemTotal").replace(" kB", "")) >> 20,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.vendor") + " " + Runtime.version(),
                Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]));
    }

    String line() {
        return "%s, %d cores, %d GiB, %s, %s, load %.2f before the run"
                .formatted(cpu, cores, memory, kernel, java, load);
    }

    private static String field(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown");
    }
}
