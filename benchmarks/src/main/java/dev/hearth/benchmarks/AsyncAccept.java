package dev.hearth.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// How many asynchronous events are accepted per second, against the rate at which the disk takes `fsync`. The
/// events wait meanwhile (concurrency 0), so that what is measured is their acceptance; then the server is killed,
/// and every accepted event must run.
final class AsyncAccept {
    private static final int PORT = 19_950;
    private static final List<Integer> CALLERS = List.of(1, 32);
    private static final String FUNCTION = "events";
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(20);
    private static final String CONFIGURATION = "events:\n  maxEvents: 10000000\n  maxMb: 100000\n";

    /// One turn.
    ///
    /// @param what      how many callers
    /// @param perSecond events accepted
    /// @param p50Millis what a caller waited, median
    record Turn(String what, int round, double perSecond, double p50Millis, double p99Millis) {}

    private final Options options;
    private final Path data;
    private final List<Turn> turns = new ArrayList<>();

    /// The disk's own rate, once a round.
    private final List<Double> fsyncs = new ArrayList<>();

    private final AtomicLong accepted = new AtomicLong();

    private AsyncAccept(Options options) throws IOException {
        this.options = options;
        this.data = Folders.fresh(options.output().resolve("async-accept").resolve("data"));
    }

    static void run(Options options) throws Exception {
        new AsyncAccept(options).run();
    }

    private void run() throws Exception {
        Machine machine = Machine.here();
        BenchmarkFunction function;
        try (HearthProcess server = start();
                LambdaApi lambda = new LambdaApi(PORT)) {
            function = BenchmarkFunction.build(options, lambda, "python-trivial");
            function.deploy(lambda, FUNCTION);
            lambda.reserveConcurrency(FUNCTION, 0);
            CALLERS.forEach(callers -> turn(function, callers, options.warmUp().dividedBy(CALLERS.size())));
            for (int round = 1; round <= options.rounds(); round++) {
                playRound(function, round);
            }
            server.process().destroyForcibly().waitFor(); // kill -9: what was accepted must be there
        }
        double drainSeconds = drain();
        report(machine, drainSeconds);
    }

    private HearthProcess start() throws IOException {
        return HearthProcess.start(options.launcher(), data, PORT, CONFIGURATION);
    }

    private void playRound(BenchmarkFunction function, int round) throws IOException {
        fsyncs.add(FsyncRate.measure(data, options.measure()));
        System.err.printf("round %d, fsync      %9.0f/s%n", round, fsyncs.getLast());
        for (int callers : CALLERS) {
            Histogram waits = new Histogram(Duration.ofMinutes(2).toNanos(), 3);
            long start = System.nanoTime();
            turn(function, callers, options.measure()).forEach(waits::add);
            double seconds = (System.nanoTime() - start) / 1e9;
            add(new Turn(
                    callers + (callers == 1 ? " caller" : " callers"),
                    round,
                    waits.getTotalCount() / seconds,
                    waits.getValueAtPercentile(50) / 1e6,
                    waits.getValueAtPercentile(99) / 1e6));
        }
    }

    private void add(Turn turn) {
        turns.add(turn);
        System.err.printf(
                "round %d, %-10s %9.0f/s  p50 %6.2f ms  p99 %6.2f ms%n",
                turn.round(), turn.what(), turn.perSecond(), turn.p50Millis(), turn.p99Millis());
    }

    /// @return what each caller waited
    private List<Histogram> turn(BenchmarkFunction function, int callers, Duration length) {
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Callable<Histogram>> all = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                all.add(() -> call(function, length));
            }
            List<Histogram> waits = new ArrayList<>();
            for (Future<Histogram> caller : threads.invokeAll(all)) {
                waits.add(caller.get());
            }
            return waits;
        } catch (Exception e) {
            throw new IllegalStateException("events were not accepted: " + e, e);
        }
    }

    private Histogram call(BenchmarkFunction function, Duration length) throws IOException {
        Histogram waits = new Histogram(Duration.ofMinutes(2).toNanos(), 3);
        try (EventCaller caller = new EventCaller(PORT, FUNCTION)) {
            long end = System.nanoTime() + length.toNanos();
            while (System.nanoTime() < end) {
                byte[] event = function.event(accepted.incrementAndGet()).json();
                long start = System.nanoTime();
                caller.send(event);
                waits.recordValue(System.nanoTime() - start);
            }
        }
        return waits;
    }

    /// The gate: a new server finds every accepted event and runs it, none fails.
    ///
    /// @return seconds it took
    private double drain() throws Exception {
        System.err.println("Killed the server; running " + accepted.get() + " events");
        try (HearthProcess _ = start();
                LambdaApi lambda = new LambdaApi(PORT)) {
            lambda.freeConcurrency(FUNCTION);
            long start = System.nanoTime();
            long deadline = start + DRAIN_LIMIT.toNanos();
            while (lambda.metric("hearth_async_ended_total{end=\"delivered\",function=\"" + FUNCTION + "\"}")
                            < accepted.get()
                    && System.nanoTime() < deadline) {
                LockSupport.parkNanos(100_000_000);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            double ran =
                    lambda.metric("hearth_async_attempts_total{function=\"" + FUNCTION + "\",outcome=\"succeeded\"}");
            double waiting = lambda.metric("hearth_async_events{state=\"pending\"}");
            if (ran < accepted.get() || waiting > 0) {
                throw new WrongAnswerException(
                        "%d events were accepted, %.0f ran, %.0f wait".formatted(accepted.get(), ran, waiting));
            }
            return seconds;
        }
    }

    private double median(String what, java.util.function.ToDoubleFunction<Turn> figure) {
        return Medians.of(turns.stream()
                .filter(turn -> turn.what().equals(what))
                .map(figure::applyAsDouble)
                .toList());
    }

    private void report(Machine machine, double drainSeconds) throws IOException {
        double disk = Medians.of(fsyncs);
        var text = new StringBuilder("## Acceptance of asynchronous events\n\n" + machine.line() + "; medians of "
                + options.rounds() + " rounds of " + options.measure().toMillis() / 1e3 + " s, in turns.\n\n"
                + "| what | per second | × the disk's fsync | p50 ms | p99 ms |\n|---|--:|--:|--:|--:|\n"
                + "| the disk: append 300 bytes and fsync, one after the other | %,.0f | 1.00 | – | – |\n"
                        .formatted(disk));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rounds", options.rounds());
        json.put("fsyncPerSecond", disk);
        json.put("fsyncRounds", fsyncs);
        for (int callers : CALLERS) {
            String what = callers + (callers == 1 ? " caller" : " callers");
            double rate = median(what, Turn::perSecond);
            text.append("| events accepted, %s | %,.0f | %.2f | %.2f | %.2f |\n"
                    .formatted(what, rate, rate / disk, median(what, Turn::p50Millis), median(what, Turn::p99Millis)));
            json.put("acceptedPerSecond" + callers, rate);
            json.put("timesFsync" + callers, rate / disk);
        }
        text.append(
                "\nThe gate: %,d events were accepted, the server was killed, and a new one ran every one of them in"
                                .formatted(accepted.get())
                        + " %.1f s (%,.0f/s).\n".formatted(drainSeconds, accepted.get() / drainSeconds));
        json.put("accepted", accepted.get());
        json.put("drainSeconds", drainSeconds);
        json.put("turns", turns);
        Results.publish(options, "async-accept", machine, text.toString(), json);
    }
}
