package dev.hearth.engine;

import dev.hearth.model.FunctionVersion;
import dev.hearth.sandbox.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// Measures how long Java functions take in Hearth from the decision to start one until it is initialised, and until
/// its first answer is there: with plain `java`, with AWS's options, and with archives of their classes. All in real
/// sandboxes, one after the other in every round. `benchmarks/java-boot` runs it.
///
/// The gate: every call has an id of its own, and its answer must be that id.
final class JavaBootComparison {
    private static final String PRIMING = "hearth-priming-event.json";

    private JavaBootComparison() {}

    /// One way to start a function.
    ///
    /// @param change what is different from how Hearth starts it
    /// @param runs   what was measured so far
    private record Variant(
            String name, FunctionVersion version, UnaryOperator<SandboxSpec> change, List<FunctionRig.Run> runs) {
        Variant(String name, FunctionVersion version, UnaryOperator<SandboxSpec> change) {
            this(name, version, change, new ArrayList<>());
        }

        double[] medians() {
            return new double[] {
                median(runs.stream().mapToDouble(FunctionRig.Run::readyNanos).toArray()),
                median(runs.stream().mapToDouble(FunctionRig.Run::answeredNanos).toArray())
            };
        }
    }

    /// @param arguments the runtime, the number of rounds, the file for JSON, and unpacked packages whose handler is
    ///     `bench.Handler`
    public static void main(String[] arguments) throws Exception {
        String runtime = arguments[0];
        int rounds = Integer.parseInt(arguments[1]);
        Path json = Path.of(arguments[2]);
        Path directory = Files.createTempDirectory("java-boot");
        List<String> results = new ArrayList<>();
        try (FunctionRig rig = new FunctionRig(directory)) {
            System.out.printf(
                    "%s, medians of %d rounds in milliseconds, load %s%n",
                    rig.runtimes().availability(runtime), rounds, load());
            System.out.println(
                    "| function | start | ready | first answer | ready, of plain | first answer, of plain |");
            System.out.println("|---|---|---|---|---|---|");
            for (int i = 3; i < arguments.length; i++) {
                results.addAll(measure(rig, runtime, Path.of(arguments[i]), rounds));
            }
            System.out.println("load " + load());
        } finally {
            deleteAll(directory);
        }
        Files.createDirectories(json.toAbsolutePath().getParent());
        Files.writeString(json, "[\n" + String.join(",\n", results) + "\n]\n");
    }

    private static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }

    private static List<String> measure(FunctionRig rig, String runtime, Path unpacked, int rounds) throws Exception {
        List<Variant> variants = variants(rig, runtime, JavaPackages.read(unpacked));
        for (int round = 0; round < rounds; round++) {
            for (Variant variant : variants) {
                rig.change = variant.change();
                variant.runs().add(run(rig, variant));
            }
        }
        return report(unpacked.getName(unpacked.getNameCount() - 3).toString(), variants);
    }

    private static List<Variant> variants(FunctionRig rig, String runtime, Map<String, byte[]> files)
            throws IOException {
        FunctionVersion primed = version(rig, runtime, files);
        Map<String, byte[]> fewer = new TreeMap<>(files);
        fewer.remove(PRIMING);
        FunctionVersion unprimed = version(rig, runtime, fewer);
        rig.change = spec -> spec;
        rig.train(primed);
        rig.train(unprimed);
        return List.of(
                new Variant("plain java", primed, JavaBootComparison::plain),
                new Variant("AWS's options", primed, JavaBootComparison::withoutArchive),
                new Variant("archive", unprimed, spec -> spec),
                new Variant("archive, primed", primed, spec -> spec));
    }

    private static FunctionVersion version(FunctionRig rig, String runtime, Map<String, byte[]> files)
            throws IOException {
        return rig.version(runtime, "bench.Handler", Map.of(), JavaPackages.zip(files));
    }

    private static FunctionRig.Run run(FunctionRig rig, Variant variant) {
        String id = UUID.randomUUID().toString();
        String event = "{\"id\":\"" + id + "\",\"count\":3,\"tags\":[\"x\",\"y\"],\"prices\":{\"z\":2.5}}";
        FunctionRig.Run run = rig.run(variant.version(), event);
        if (!run.answer().equals("\"" + id + "\"")) {
            throw new AssertionError(variant.name() + " answered " + run.answer() + " instead of " + id);
        }
        return run;
    }

    /// `java -cp … Bootstrap`
    private static SandboxSpec plain(SandboxSpec spec) {
        return changed(spec, false);
    }

    private static SandboxSpec withoutArchive(SandboxSpec spec) {
        return changed(spec, true);
    }

    private static SandboxSpec changed(SandboxSpec spec, boolean options) {
        if (spec.command().stream().noneMatch(word -> word.contains("/var/hearth/"))) {
            throw new AssertionError("there is no archive to compare with: " + spec.command());
        }
        List<String> command = new ArrayList<>();
        int classPath = spec.command().indexOf("-cp");
        for (int i = 0; i < spec.command().size(); i++) {
            String word = spec.command().get(i);
            boolean ofArchive = word.contains("AOT") || word.contains("Archive") || word.contains("Diagnostic");
            if (i == 0 || i >= classPath || (options && !ofArchive)) {
                command.add(word.replace("/var/hearth/task.jar", "/var/task"));
            }
        }
        return new SandboxSpec(
                spec.name(),
                command,
                spec.environment(),
                spec.mounts(),
                spec.workingDirectory(),
                spec.memory(),
                spec.tmp(),
                spec.cpus(),
                spec.processes(),
                spec.openFiles(),
                spec.network());
    }

    private static List<String> report(String function, List<Variant> variants) {
        List<String> json = new ArrayList<>();
        double[] plain = variants.getFirst().medians();
        for (Variant variant : variants) {
            double[] medians = variant.medians();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.1f | %.1f | %.2f | %.2f |%n",
                    function,
                    variant.name(),
                    medians[0],
                    medians[1],
                    medians[0] / plain[0],
                    medians[1] / plain[1]);
            json.add(String.format(
                    Locale.ROOT,
                    "  {\"function\": \"%s\", \"start\": \"%s\", \"n\": %d, \"readyMs\": %.2f, \"firstAnswerMs\": %.2f}",
                    function,
                    variant.name(),
                    variant.runs().size(),
                    medians[0],
                    medians[1]));
        }
        return json;
    }

    private static double median(double[] nanos) {
        java.util.Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1e6;
    }

    private static void deleteAll(Path directory) throws IOException {
        new ProcessBuilder("rm", "-rf", directory.toString())
                .inheritIO()
                .start()
                .onExit()
                .join();
    }
}
