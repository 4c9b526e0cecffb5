package dev.hearth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What callers wait for each origin that an instance can have, in every language, trivial and with real
/// dependencies. One wrong answer fails the whole run.
final class Cold {
    private static final int PORT = 19_910;
    private static final long SWAP_BYTES = 2L << 30;
    private static final int WARM_UP_CALLS = 300;

    private final Options options;
    private final int samples;
    private final int boots;
    private final List<ColdResult> results = new ArrayList<>();
    private final Map<String, String> unavailable = new LinkedHashMap<>();

    private Cold(Options options) {
        this.options = options;
        this.samples = options.count("--samples", 250, 20);
        this.boots = Math.min(samples, options.count("--boots", 50, 5));
    }

    static void run(Options options) throws IOException, InterruptedException {
        new Cold(options).run();
    }

    private void run() throws IOException, InterruptedException {
        Machine machine = Machine.here();
        Path work = Files.createDirectories(options.output().resolve("cold"));
        var swap = SwapFile.ensure(work, SWAP_BYTES);
        try (HearthProcess hearth = HearthProcess.start(options.launcher(), Folders.fresh(work.resolve("data")), PORT);
                var server = new LambdaApi(hearth.port())) {
            for (String name : BenchmarkFunction.ALL) {
                if (options.includes(name)) {
                    measure(server, name);
                }
            }
        } finally {
            swap.ifPresent(SwapFile::close);
        }
        new ColdReport(options, machine, results, unavailable).publish();
    }

    private void measure(LambdaApi server, String name) throws IOException, InterruptedException {
        try {
            BenchmarkFunction function = BenchmarkFunction.build(options, server, name);
            System.err.println("Measuring " + function.label());
            function.deploy(server, name);
            String forking = function.runtime().startsWith("python") ? name + "-forking" : name;
            if (!forking.equals(name)) {
                function.deploy(server, forking, Map.of("hearth:fork", "on"));
            }
            for (int i = 1; i <= WARM_UP_CALLS; i++) {
                server.invoke(name, function.event(-i));
            }
            results.add(new ColdResult(function, new ColdCycles(server, function, forking).run(samples, boots)));
            server.delete(name);
            if (!forking.equals(name)) {
                server.delete(forking);
            }
        } catch (UnavailableException reason) {
            System.err.println("  not measured: " + reason.getMessage());
            unavailable.put(name, String.valueOf(reason.getMessage()));
        }
    }
}
