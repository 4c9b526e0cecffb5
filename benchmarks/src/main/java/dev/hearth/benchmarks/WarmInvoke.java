package dev.hearth.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Warm Invoke over HTTP: every target up at once, each in turn in every round, so that what the machine does
/// meanwhile hits all alike. One wrong answer fails the whole run.
final class WarmInvoke {
    private static final List<Integer> CALLERS = List.of(1, 32);
    private static final int FIRST_PORT = 19_000;
    private static final int PORTS_EACH = 10;

    private final Options options;
    private final Map<Target, String> unavailable = new LinkedHashMap<>();
    private final List<RunningTarget> running = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();

    private WarmInvoke(Options options) {
        this.options = options;
    }

    static void run(Options options) throws IOException, InterruptedException {
        new WarmInvoke(options).run();
    }

    private void run() throws IOException, InterruptedException {
        Machine machine = Machine.here();
        List<Target> targets = new ArrayList<>();
        for (String name : Target.ALL) {
            if (options.includes(name)) {
                targets.add(Target.load(options.home(), name));
            }
        }
        try {
            targets.forEach(this::start);
            warmUp();
            for (int round = 1; round <= options.rounds(); round++) {
                playRound(round);
            }
        } finally {
            running.reversed().forEach(RunningTarget::close);
        }
        new WarmInvokeReport(options, machine, targets, unavailable, turns).publish();
        if (unavailable.keySet().stream().anyMatch(target -> target.name().equals("hearth"))) {
            System.exit(1);
        }
    }

    private void start(Target target) {
        System.err.println("Setting up and starting " + target.label());
        try {
            Path work = RunningTarget.setUp(target, options.output());
            running.add(RunningTarget.start(target, work, FIRST_PORT + PORTS_EACH * Target.ALL.indexOf(target.name())));
        } catch (UnavailableException reason) {
            System.err.println("  not measured: " + reason.getMessage());
            unavailable.put(target, String.valueOf(reason.getMessage()));
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException("Cannot start " + target.label() + ": " + failure, failure);
        }
    }

    private void warmUp() throws IOException {
        for (RunningTarget target : running) {
            System.err.println("Warming " + target.target().label());
            for (int callers : CALLERS) {
                ClosedLoop.run(target, callers, options.warmUp().dividedBy(CALLERS.size()));
            }
        }
    }

    private void playRound(int round) throws IOException {
        for (int callers : CALLERS) {
            for (RunningTarget target : running) {
                Turn turn = Turn.take(target, callers, round, options.measure());
                turns.add(turn);
                System.err.printf(
                        "round %d, %2d callers, %-30s %9.0f/s  p50 %8.0f µs  p99 %8.0f µs%n",
                        round, callers, target.target().label(), turn.perSecond(), turn.p50Micros(), turn.p99Micros());
            }
        }
    }
}
