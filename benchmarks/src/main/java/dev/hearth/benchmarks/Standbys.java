package dev.hearth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// Many functions deployed, each with its standby paged out: what memory all of it holds, what CPU time it takes when
/// nobody calls, and how soon any of them answers. One wrong answer fails the whole run.
final class Standbys {
    private static final int PORT = 19_920;
    private static final long SWAP_BYTES_EACH = 48L << 20;
    private static final int PAGE_OUT_AFTER_SECONDS = 5;
    private static final long SETTLE_MILLIS = 5_000;
    private static final int SETTLED_LOOKS = 4;
    private static final int MOST_LOOKS = 120;
    private static final double SETTLED_SHARE = 0.01;
    private static final int COMPARED_SAMPLES = 20;
    private static final int COMPARED_BOOTS = 5;
    /// A call makes the server start a spare; the next one must not pay for that.
    private static final long PAUSE_MILLIS = 500;

    private final Options options;
    private final int count;
    private final int samples;

    /// What the machine bears while nobody calls.
    ///
    /// @param cpuShare    of one core
    /// @param cgroupBytes as the kernel charges the sandboxes, page cache included
    record Idle(
            ProcessTree.Memory server,
            ProcessTree.Memory sandboxes,
            double cgroupBytes,
            double cpuShare,
            double seconds) {
        double totalMegabytes() {
            return (server.proportional() + sandboxes.proportional()) / 1e6;
        }
    }

    private Standbys(Options options) {
        this.options = options;
        this.count = options.count("--functions", 500, 20);
        this.samples = Math.min(count, options.count("--samples", 100, 20));
    }

    static void run(Options options) throws Exception {
        new Standbys(options).run();
    }

    private void run() throws Exception {
        Machine machine = Machine.here();
        Path work = Files.createDirectories(options.output().resolve("standbys"));
        var swap = SwapFile.ensure(work, count * SWAP_BYTES_EACH);
        try (HearthProcess hearth = HearthProcess.start(
                        options.launcher(), Folders.fresh(work.resolve("data")), PORT, configuration());
                var server = new LambdaApi(hearth.port())) {
            Mix mix = Mix.build(options, server);
            long start = System.nanoTime();
            Deploys.all(server, mix, count, Standbys::name);
            double deploySeconds = (System.nanoTime() - start) / 1e9;
            settle();
            Idle idle = idle(new ProcessTree(hearth.process().toHandle()));
            Map<BenchmarkFunction, List<Start>> calls = call(server, mix);
            var report = new StandbysReport(options, machine, count, deploySeconds, idle, calls, compare(server, mix));
            report.publish();
        } finally {
            swap.ifPresent(SwapFile::close);
        }
    }

    private String configuration() {
        return """
                engine:
                  maxInstances: %d
                  standbys:
                    residentMb: 0
                    pageOutAfterSeconds: %d
                """.formatted(2 * count + 50, PAGE_OUT_AFTER_SECONDS);
    }

    private static String name(int number) {
        return "standby-" + number;
    }

    /// Until no more goes to swap.
    private static void settle() throws IOException, InterruptedException {
        System.err.println("Waiting until all is paged out");
        long last = -1;
        int settled = 0;
        for (int look = 0; look < MOST_LOOKS && settled < SETTLED_LOOKS; look++) {
            Thread.sleep(SETTLE_MILLIS);
            long used = SwapFile.usedBytes();
            settled = Math.abs(used - last) <= SETTLED_SHARE * used ? settled + 1 : 0;
            last = used;
        }
    }

    private Idle idle(ProcessTree tree) throws InterruptedException {
        double seconds = options.number("--idle", 30, 10);
        System.err.printf("Idle for %.0f s%n", seconds);
        long start = System.nanoTime();
        double cpu = tree.cpuSeconds();
        Thread.sleep(Math.round(seconds * 1_000));
        double used = tree.cpuSeconds() - cpu;
        double took = (System.nanoTime() - start) / 1e9;
        // Memory last: reading it takes the kernel's time.
        return new Idle(tree.ofServer(), tree.ofSandboxes(), tree.cgroupBytes(), used / took, took);
    }

    /// The first call of each of some functions, in no order.
    private Map<BenchmarkFunction, List<Start>> call(LambdaApi server, Mix mix)
            throws IOException, InterruptedException {
        System.err.println("Calling " + samples + " of them");
        List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(order, new Random(options.count("--seed", 1, 1)));
        Map<BenchmarkFunction, List<Start>> calls = new LinkedHashMap<>();
        for (int number : order.subList(0, samples)) {
            BenchmarkFunction function = mix.of(number);
            Start start = server.invoke(name(number), function.event(number)).start();
            calls.computeIfAbsent(function, _ -> new ArrayList<>()).add(start);
            Thread.sleep(PAUSE_MILLIS);
        }
        return calls;
    }

    /// Warm calls and boots of one function of each language: what the others are compared with.
    private static List<ColdResult> compare(LambdaApi server, Mix mix) throws IOException, InterruptedException {
        List<ColdResult> results = new ArrayList<>();
        for (BenchmarkFunction function : mix.distinct()) {
            function.deploy(server, function.name());
            results.add(new ColdResult(
                    function, new ColdCycles(server, function, function.name()).run(COMPARED_SAMPLES, COMPARED_BOOTS)));
            server.delete(function.name());
        }
        return results;
    }
}
