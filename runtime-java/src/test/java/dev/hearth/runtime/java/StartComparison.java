package dev.hearth.runtime.java;

import dev.hearth.runtime.java.FunctionProcess.Client;
import dev.hearth.runtime.java.FunctionProcess.Setup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Measures, side by side, how long this bootstrap and AWS's Java runtime interface client take from the start
/// of the process to the first `GET invocation/next`, and from there to the first answer. See the README.
final class StartComparison {
    private static final Map<String, String> FUNCTIONS = new LinkedHashMap<>();

    static {
        FUNCTIONS.put("fixture.Methods$Upper", "abc");
        FUNCTIONS.put("fixture.Values$EchoMap", "{\"a\":1}");
        FUNCTIONS.put("fixture.Values$EchoOrder", "{\"id\":\"a\"}");
        FUNCTIONS.put("fixture.Events$Queue", "{\"Records\":[]}");
    }

    private StartComparison() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        System.out.printf(
                "medians of %d rounds, milliseconds: process start to first GET next + first invocation%n", rounds);
        for (Path jdk : Jdks.all()) {
            for (Map.Entry<String, String> function : FUNCTIONS.entrySet()) {
                measure(jdk, function.getKey(), function.getValue(), rounds);
            }
        }
    }

    private static void measure(Path jdk, String handler, String event, int rounds) throws Exception {
        List<double[]> ours = new ArrayList<>();
        List<double[]> official = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            ours.add(sample(new Setup(Client.OURS, jdk, handler), event));
            official.add(sample(new Setup(Client.OFFICIAL, jdk, handler), event));
        }
        System.out.printf(
                "%-26s %-24s ours %6.1f + %6.1f   official %6.1f + %6.1f%n",
                jdk.getFileName(), handler, median(ours, 0), median(ours, 1), median(official, 0), median(official, 1));
    }

    private static double[] sample(Setup setup, String event) throws Exception {
        try (FunctionProcess function = new FunctionProcess(setup)) {
            double startMillis = function.awaitStartMillis();
            long before = System.nanoTime();
            if (!function.invoke(event).path().endsWith("/response")) {
                throw new AssertionError(setup + " did not answer: " + function.log());
            }
            return new double[] {startMillis, (System.nanoTime() - before) / 1e6};
        }
    }

    private static double median(List<double[]> samples, int column) {
        double[] sorted =
                samples.stream().mapToDouble(sample -> sample[column]).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
