package dev.hearth.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.HdrHistogram.Histogram;

/// How soon the first byte of a streamed answer is with its caller after the function wrote it, and how fast the rest
/// follows: the same Node.js handler behind a function URL, and behind Node's own HTTP server.
final class Streaming {
    private static final int PORT = 19_960;
    private static final String FUNCTION = "stream";
    private static final long PAUSE_MILLIS = 20;
    private static final double FIRST_BYTE_AIM_MILLIS = 1;
    private static final int WARM_UP = 20;

    /// What is measured.
    ///
    /// @param firstBytes in nanoseconds
    /// @param megabytes  per second, one figure for each round
    private record Figures(String name, StreamReader reader, Histogram firstBytes, List<Double> megabytes) {
        Figures(String name, URI server) {
            this(
                    name,
                    new StreamReader(server),
                    new Histogram(Duration.ofMinutes(2).toNanos(), 3),
                    new ArrayList<>());
        }

        double firstByteMillis(double percentile) {
            return firstBytes.getValueAtPercentile(percentile) / 1e6;
        }
    }

    private final Options options;
    private final Path functions;
    private final long bytes;
    private final int samples;

    private Streaming(Options options) {
        this.options = options;
        this.functions = options.home().resolve("functions").resolve("stream");
        // Lambda's limit is 200 MB; the two lines around it must fit as well.
        this.bytes = options.quick() ? 20_000_000 : 200_000_000;
        this.samples = options.count("--samples", 100, 20);
    }

    static void run(Options options) throws Exception {
        new Streaming(options).run();
    }

    private void run() throws Exception {
        Path data = Folders.fresh(options.output().resolve("streaming").resolve("data"));
        Process bare = startBare();
        Thread atExit = new Thread(bare::destroyForcibly, "end-bare");
        Runtime.getRuntime().addShutdownHook(atExit);
        try (HearthProcess _ = HearthProcess.start(options.launcher(), data, PORT);
                LambdaApi lambda = new LambdaApi(PORT)) {
            lambda.create(FUNCTION, lambda.newest("nodejs"), "handler.handler", zip(), Map.of());
            lambda.awaitActive(FUNCTION);
            List<Figures> all = List.of(
                    new Figures("Node.js's own HTTP server", URI.create("http://127.0.0.1:" + (PORT + 1) + "/")),
                    new Figures("Hearth, function URL", lambda.createStreamingUrl(FUNCTION)));
            for (Figures figures : all) {
                firstBytes(figures, WARM_UP);
                figures.firstBytes().reset();
                figures.reader().read(bytes, 0);
            }
            for (int round = 1; round <= options.rounds(); round++) {
                for (Figures figures : all) {
                    play(figures, round);
                }
            }
            report(Machine.here(), all);
        } finally {
            Exits.forget(atExit);
            bare.destroyForcibly();
        }
    }

    private Process startBare() throws IOException {
        Process process;
        try {
            process = new ProcessBuilder("node", functions.resolve("bare.js").toString(), "" + (PORT + 1))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UnavailableException("node cannot be started: " + e.getMessage());
        }
        for (long tries = 0; ; tries++) {
            try (Socket _ = new Socket("127.0.0.1", PORT + 1)) {
                return process;
            } catch (IOException notYet) {
                if (!process.isAlive() || tries > TimeUnit.SECONDS.toMillis(30)) {
                    process.destroyForcibly();
                    throw new UnavailableException("the bare server did not start");
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private byte[] zip() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (String name : List.of("handler.js", "stream.js")) {
                zip.putNextEntry(new ZipEntry(name));
                Files.copy(functions.resolve(name), zip);
            }
        }
        return bytes.toByteArray();
    }

    private void play(Figures figures, int round) throws IOException {
        firstBytes(figures, samples);
        StreamReader.Read whole = figures.reader().read(bytes, 0);
        figures.megabytes().add(bytes / 1e6 / (whole.transferNanos() / 1e9));
        System.err.printf(
                "round %d, %-26s first byte p50 %6.2f ms  %7.0f MB/s%n",
                round,
                figures.name(),
                figures.firstByteMillis(50),
                figures.megabytes().getLast());
    }

    /// The gate beside the right bytes: the first is here before the last is written. Where the machine does something
    /// else for that long it may be late now and then.
    private static void firstBytes(Figures figures, int samples) throws IOException {
        int heldBack = 0;
        for (int i = 0; i < samples; i++) {
            StreamReader.Read read = figures.reader().read(1_000, PAUSE_MILLIS);
            heldBack += read.writtenNanos() < 0 ? 1 : 0;
            figures.firstBytes().recordValue(Math.max(0, read.firstByteNanos()));
        }
        if (heldBack > samples / 2) {
            throw new WrongAnswerException(figures.name() + " held the first byte back until the last was written, "
                    + heldBack + " times of " + samples);
        }
    }

    private void report(Machine machine, List<Figures> all) throws IOException {
        var text = new StringBuilder(
                "## Streamed answers\n\n" + machine.line() + "; " + options.rounds()
                        + " rounds, in turns, of %d small streams and one of %.0f MB.%n%n"
                                .formatted(samples, bytes / 1e6)
                        + "| the same Node.js handler behind | first byte after it was written, p50 ms | p99 ms | MB/s |\n|---|--:|--:|--:|\n");
        Map<String, Object> json = new LinkedHashMap<>();
        for (Figures figures : all) {
            double rate = Medians.of(figures.megabytes());
            text.append("| %s | %.2f | %.2f | %,.0f |%n"
                    .formatted(figures.name(), figures.firstByteMillis(50), figures.firstByteMillis(99), rate));
            json.put(
                    figures.name(),
                    Map.of(
                            "firstByteMillisP50", figures.firstByteMillis(50),
                            "firstByteMillisP99", figures.firstByteMillis(99),
                            "samples", figures.firstBytes().getTotalCount(),
                            "megabytesPerSecond", rate));
        }
        double later = all.getLast().firstByteMillis(50) - all.getFirst().firstByteMillis(50);
        text.append("\n")
                .append(Results.verdict(
                        "first byte later than from Node.js's own server, p50", later, "ms", FIRST_BYTE_AIM_MILLIS));
        json.put("firstByteLaterMillisP50", later);
        Results.publish(options, "streaming", machine, text.toString(), json);
    }
}
