package dev.hearth.server;

import dev.hearth.runtime.Runtimes;
import dev.hearth.runtime.RuntimesConfig;
import dev.hearth.sandbox.HostProbe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `hearth doctor`: what this host offers, and what to do about what it lacks. Needs no running server.
@Command(
        name = "doctor",
        description = "Say which protections and runtimes this host offers, and what to do about each that is missing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Hearth can run functions here, with full isolation",
            "2:the configuration cannot be used",
            "3:a protection is missing"
        })
final class DoctorCommand implements Callable<Integer> {
    private static final int UNUSABLE = 2;
    private static final int LACKING = 3;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Option(names = "--all", description = "Say of each missing runtime what to install.")
    private boolean all;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML configuration of the server, for its runtimePaths.")
    private @Nullable Path config;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try {
            HostReport report = look(ConfigFile.read(Optional.ofNullable(config)));
            print(report);
            return report.isFit() ? 0 : LACKING;
        } catch (ConfigException e) {
            if (spec != null) {
                spec.commandLine().getErr().println(e.getMessage());
                spec.commandLine().getErr().flush();
            }
            return UNUSABLE;
        }
    }

    private static HostReport look(ServerConfig serverConfig) throws IOException {
        RuntimesConfig byDefault = RuntimesConfig.of(serverConfig.data().resolve("bootstraps"));
        var config = new RuntimesConfig(
                byDefault.bootstraps(),
                serverConfig.runtimePaths(),
                Optional.empty(),
                byDefault.runtimeApiAddress(),
                byDefault.credentials());
        try (Runtimes runtimes = Runtimes.discover(config)) {
            return new HostReport(machine(), HostProbe.run().findings(), runtimes.all());
        }
    }

    private static Map<String, String> machine() throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"));
        facts.put("CPUs", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put("memory", memory());
        facts.put("Hearth's Java", Runtime.version() + " at " + System.getProperty("java.home"));
        return facts;
    }

    /// The first line of /proc/meminfo, in MB.
    private static String memory() throws IOException {
        String total = Files.readAllLines(Path.of("/proc/meminfo")).getFirst().replaceAll("\\D", "");
        return Long.parseLong(total) / 1_024 + " MB";
    }

    private void print(HostReport report) {
        if (spec == null) {
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report.json()));
        } else {
            report.lines(all).forEach(out::println);
        }
        out.flush();
    }
}
