package dev.hearth.benchmarks;

import java.util.List;

/// The command `benchmarks/run NAME [options]`.
public final class Main {
    private static final String USAGE = """
            benchmarks/run warm-invoke [--quick] [--rounds N] [--seconds S] [--only a,b,…]
                Invoke over HTTP of a trivial handler: Hearth beside the bare handler and other platforms.
            benchmarks/run start [--quick] [--functions N]
                Server start to first answer and idle memory, with an empty and with a full catalog.
            benchmarks/run cold [--quick] [--samples N] [--boots N] [--only python-boto3,…]
                What callers wait for each origin of an instance, in four languages, trivial and with dependencies.
            benchmarks/run standbys [--quick] [--functions N] [--samples N]
                Memory and idle CPU of many functions whose standbys are paged out, and how soon they answer.
            benchmarks/run replay [--quick] [--minutes M] [--functions N] [--rate R] [--arrivals uniform|squeezed]
                Real arrivals of 100 functions, squeezed in time: how often callers see a cold start, and why.
            benchmarks/run first-call [--quick] [--rounds N] [--samples N] [--idle SECONDS] [--only hearth,rie,…]
                First call after a deploy and after ten idle minutes: Hearth beside other platforms.
            benchmarks/run async-accept [--quick] [--rounds N] [--seconds S]
                Asynchronous events accepted per second against the disk's fsync rate; every accepted one must run.
            benchmarks/run streaming [--quick] [--rounds N] [--samples N]
                First byte and throughput of a streamed answer, beside the same handler behind Node's own HTTP server.
            """;

    private Main() {}

    /// @param args the benchmark's name and its options
    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            usage("Name a benchmark.");
        }
        var options = Options.parse(List.of(args).subList(1, args.length));
        switch (args[0]) {
            case "warm-invoke" -> WarmInvoke.run(options);
            case "start" -> ServerStart.run(options);
            case "cold" -> Cold.run(options);
            case "standbys" -> Standbys.run(options);
            case "replay" -> Replay.run(options);
            case "first-call" -> FirstCall.run(options);
            case "async-accept" -> AsyncAccept.run(options);
            case "streaming" -> Streaming.run(options);
            default -> usage("There is no benchmark '" + args[0] + "'.");
        }
    }

    private static void usage(String reason) {
        System.err.println(reason + System.lineSeparator() + USAGE);
        System.exit(2);
    }
}
