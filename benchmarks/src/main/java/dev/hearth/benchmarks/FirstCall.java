package dev.hearth.benchmarks;

import dev.hearth.benchmarks.FirstCallTally.Row;
import dev.hearth.benchmarks.FirstCallTally.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The first call after a deploy and the call after ten idle minutes, of the same handlers on Hearth and on other
/// platforms: all of them up at once and idle at once. One wrong answer fails the whole run.
final class FirstCall {
    private static final List<String> TARGETS = List.of("hearth", "ministack", "rie", "serverless-offline");
    private static final List<String> FUNCTIONS =
            List.of("go-trivial", "node-trivial", "python-trivial", "python-boto3");
    private static final int FIRST_PORT = 19_940;
    private static final int PORTS_EACH = 10;
    private static final long SWAP_BYTES = 4L << 30;
    private static final int WARM_CALLS = 10;

    private final Options options;
    private final Duration idle;
    /// Functions of each kind in a round, on a platform that takes more than one.
    private final int samples;

    private final List<Target> targets = new ArrayList<>();
    private final Map<String, String> unavailable = new LinkedHashMap<>();
    private final FirstCallTally tally = new FirstCallTally();
    /// What is called after idling, in this round.
    private final List<Deployed> deployed = new ArrayList<>();

    private List<BenchmarkFunction> functions = List.of();
    private long number;

    /// A function on a platform.
    ///
    /// @param handler what it runs, for tables
    /// @param from    what its answers name
    private record Deployed(RunningTarget on, LambdaApi server, String name, String handler, String from) {
        Row row() {
            return new Row(on.target().label(), handler);
        }
    }

    private FirstCall(Options options) throws IOException {
        this.options = options;
        this.idle = options.seconds("--idle", 600, 15);
        this.samples = options.count("--samples", 5, 2);
        for (String name : TARGETS) {
            // Hearth says which runtimes there are, so it is always among them.
            if (options.includes(name) || name.equals("hearth")) {
                targets.add(Target.load(options.home(), name));
            }
        }
    }

    static void run(Options options) throws IOException, InterruptedException {
        new FirstCall(options).run();
    }

    private void run() throws IOException, InterruptedException {
        Machine machine = Machine.here();
        Path work = Files.createDirectories(options.output().resolve("first-call"));
        var swap = SwapFile.ensure(work, SWAP_BYTES);
        List<RunningTarget> running = new ArrayList<>();
        try {
            start(running, true);
            functions = build(running);
            for (int round = 1; round <= options.rounds(); round++) {
                System.err.println("Round " + round + " of " + options.rounds());
                play(round, running);
            }
        } finally {
            running.reversed().forEach(RunningTarget::close);
            swap.ifPresent(SwapFile::close);
        }
        new FirstCallReport(options, machine, idle, targets, unavailable, tally).publish();
    }

    private List<BenchmarkFunction> build(List<RunningTarget> running) throws IOException, InterruptedException {
        RunningTarget hearth = running.stream()
                .filter(each -> each.target().name().equals("hearth"))
                .findFirst()
                .orElseThrow(() -> new UnavailableException("Hearth itself could not be started: " + unavailable));
        List<BenchmarkFunction> built = new ArrayList<>();
        try (var server = new LambdaApi(hearth.port())) {
            for (String name : FUNCTIONS) {
                built.add(BenchmarkFunction.build(options, server, name));
            }
        }
        return built;
    }

    /// Those that take functions while they run stay for all rounds; the start of the others is a deploy.
    private void start(List<RunningTarget> running, boolean deploys) throws IOException, InterruptedException {
        for (Target target : targets) {
            if (target.deploys() == deploys && !unavailable.containsKey(target.name())) {
                start(target, running);
            }
        }
    }

    private void start(Target target, List<RunningTarget> running) throws IOException, InterruptedException {
        System.err.println("Setting up and starting " + target.label());
        int port = FIRST_PORT + PORTS_EACH * TARGETS.indexOf(target.name());
        try {
            Path work = RunningTarget.setUp(target, options.output());
            running.add(
                    target.deploys()
                            ? RunningTarget.start(target, work, port)
                            : RunningTarget.startUncalled(target, work, port));
        } catch (UnavailableException reason) {
            System.err.println("  not measured: " + reason.getMessage());
            unavailable.put(target.name(), String.valueOf(reason.getMessage()));
        }
    }

    private void play(int round, List<RunningTarget> staying) throws IOException, InterruptedException {
        List<RunningTarget> ofRound = new ArrayList<>();
        try {
            start(ofRound, false);
            for (RunningTarget each : ofRound) {
                Target target = each.target();
                firstCall(new Deployed(each, new LambdaApi(each.port()), target.function(), target.handler(), ""));
            }
            deployAndCall(round, staying);
            System.err.println("Idle for " + idle.toSeconds() + " s");
            Thread.sleep(idle);
            for (Deployed function : deployed) {
                call(function, When.AFTER_IDLE);
            }
        } finally {
            end();
            ofRound.forEach(RunningTarget::close);
        }
    }

    private void deployAndCall(int round, List<RunningTarget> staying) throws IOException, InterruptedException {
        for (int sample = 1; sample <= samples; sample++) {
            for (BenchmarkFunction function : functions) {
                for (RunningTarget target : staying) {
                    String name = function.name() + "-" + round + "-" + sample;
                    var server = new LambdaApi(target.port());
                    function.deploy(server, name);
                    firstCall(new Deployed(target, server, name, function.label(), function.from()));
                }
            }
        }
    }

    /// Before the function is called again and again, so that it is warm.
    private void firstCall(Deployed function) throws IOException, InterruptedException {
        deployed.add(function);
        call(function, When.FIRST);
        for (int i = 0; i < WARM_CALLS; i++) {
            call(function, When.WARM);
        }
    }

    private void call(Deployed function, When when) throws IOException, InterruptedException {
        LambdaApi.Answer answer = function.server().invoke(function.name(), new Event(++number, 0, function.from()));
        tally.add(function.row(), when, answer.nanos(), answer.origin());
    }

    private void end() throws IOException, InterruptedException {
        for (Deployed function : deployed) {
            if (function.on().target().deploys()) {
                function.server().delete(function.name());
            }
            function.server().close();
        }
        deployed.clear();
    }
}
