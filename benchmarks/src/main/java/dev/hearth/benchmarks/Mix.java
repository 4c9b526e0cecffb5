package dev.hearth.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Small functions in the shares of a plausible machine: of ten, five in Python, three in Node.js, one in Java, one in
/// Go. What this machine cannot build or run is replaced by the first that it can.
record Mix(List<BenchmarkFunction> ofTen) {
    static final String TEXT = "Python 50%, Node.js 30%, Java 10%, Go 10%";
    private static final List<String> OF_TEN = List.of(
            "python-trivial",
            "node-trivial",
            "python-trivial",
            "java-trivial",
            "python-trivial",
            "node-trivial",
            "python-trivial",
            "go-trivial",
            "python-trivial",
            "node-trivial");

    static Mix build(Options options, LambdaApi server) throws IOException, InterruptedException {
        Map<String, BenchmarkFunction> built = new LinkedHashMap<>();
        for (String name : List.copyOf(new LinkedHashSet<>(OF_TEN))) {
            try {
                built.put(name, BenchmarkFunction.build(options, server, name));
            } catch (UnavailableException reason) {
                System.err.println("  left out of the mix: " + reason.getMessage());
            }
        }
        if (built.isEmpty()) {
            throw new UnavailableException("none of the mix's functions can be had here");
        }
        BenchmarkFunction other = built.values().iterator().next();
        List<BenchmarkFunction> ofTen = new ArrayList<>();
        OF_TEN.forEach(name -> ofTen.add(built.getOrDefault(name, other)));
        return new Mix(ofTen);
    }

    /// What the function with this number is, from 0.
    BenchmarkFunction of(int number) {
        return ofTen.get(number % ofTen.size());
    }

    /// Each of them once.
    List<BenchmarkFunction> distinct() {
        return ofTen.stream().distinct().toList();
    }
}
