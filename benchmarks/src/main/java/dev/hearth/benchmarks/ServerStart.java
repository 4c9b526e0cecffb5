package dev.hearth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/// How long the server takes from its launch to its first answer, and what memory it holds when idle: with an empty
/// and with a full catalog, in turns.
final class ServerStart {
    private static final int PORT = 19_900;
    private static final long IDLE_NANOS = 3_000_000_000L;
    private static final double PROMISED_START_MILLIS = 1_000;
    private static final double PROMISED_MEMORY_MEGABYTES = 150;
    private static final double PROMISED_GROWTH = 1.25;

    /// One start.
    ///
    /// @param catalog      `empty` or `full`
    /// @param startMillis  launch to first answer
    /// @param residentMegabytes after three idle seconds
    /// @param anonymousMegabytes of these, not backed by files that other processes share
    record Start(String catalog, double startMillis, double residentMegabytes, double anonymousMegabytes) {}

    private final Options options;
    private final Path launcher;
    /// How many the full catalog has.
    private final int functions;
    private final Path work;
    private final List<Start> starts = new ArrayList<>();

    private ServerStart(Options options) throws IOException {
        this.options = options;
        this.launcher = options.launcher();
        this.functions = options.count("--functions", 10_000, 1_000);
        this.work = Files.createDirectories(options.output().resolve("start"));
    }

    static void run(Options options) throws Exception {
        new ServerStart(options).run();
    }

    private void run() throws Exception {
        Machine machine = Machine.here();
        Folders.fresh(work.resolve("empty"));
        double fillSeconds = fill(Folders.fresh(work.resolve("full")));
        // The first start of a data directory finds the machine's runtimes and remembers them: not what is asked here.
        try (HearthProcess first = HearthProcess.start(launcher, work.resolve("empty"), PORT)) {
            System.err.printf("first start ever: %.0f ms%n", first.firstAnswerNanos() / 1e6);
        }
        for (int round = 0; round < options.rounds(); round++) {
            measure("empty");
            measure("full");
        }
        report(machine, fillSeconds);
    }

    private double fill(Path data) throws Exception {
        System.err.println("Deploying " + functions + " functions");
        try (HearthProcess server = HearthProcess.start(launcher, data, PORT)) {
            long start = System.nanoTime();
            new CatalogFiller(server.port()).fill(functions);
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private void measure(String catalog) throws IOException {
        try (HearthProcess server = HearthProcess.start(launcher, work.resolve(catalog), PORT)) {
            LockSupport.parkNanos(IDLE_NANOS);
            var start = new Start(
                    catalog,
                    server.firstAnswerNanos() / 1e6,
                    server.statusMegabytes("VmRSS"),
                    server.statusMegabytes("RssAnon"));
            starts.add(start);
            System.err.println(start);
        }
    }

    private double median(String catalog, ToDoubleFunction<Start> figure) {
        return Medians.of(starts.stream()
                .filter(start -> start.catalog().equals(catalog))
                .map(figure::applyAsDouble)
                .toList());
    }

    private void report(Machine machine, double fillSeconds) throws IOException {
        double startMillis = median("empty", Start::startMillis);
        double memory = median("empty", Start::residentMegabytes);
        double startGrowth = median("full", Start::startMillis) / startMillis;
        double memoryGrowth = median("full", Start::residentMegabytes) / memory;
        String text = "## Server start and idle memory\n\n" + machine.line() + "; medians of " + options.rounds()
                + " starts each, in turns.\n\n| catalog | start to first answer, ms | resident, MB | of it anonymous, MB |\n"
                + "|---|--:|--:|--:|\n" + row("empty", "empty") + row("full", functions + " functions") + "\n"
                + Results.verdict("Start to first answer", startMillis, "ms", PROMISED_START_MILLIS)
                + Results.verdict("Resident memory when idle", memory, "MB", PROMISED_MEMORY_MEGABYTES)
                + Results.verdict("Start with the full catalog", startGrowth, "times", PROMISED_GROWTH)
                + Results.verdict("Memory with the full catalog", memoryGrowth, "times", PROMISED_GROWTH)
                + "- Deploying %d functions took %.1f s.\n".formatted(functions, fillSeconds);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("functions", functions);
        json.put("deploySeconds", fillSeconds);
        json.put("starts", starts);
        Results.publish(options, "start", machine, text, json);
    }

    private String row(String catalog, String label) {
        return "| %s | %.0f | %.0f | %.0f |%n"
                .formatted(
                        label,
                        median(catalog, Start::startMillis),
                        median(catalog, Start::residentMegabytes),
                        median(catalog, Start::anonymousMegabytes));
    }
}
