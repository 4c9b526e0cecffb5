package dev.hearth.benchmarks;

import dev.hearth.benchmarks.ReplayPlan.Terms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// Shares of calls whose caller saw a cold start, by cause, origin and runtime, and whether the promise holds.
record ReplayReport(
        Options options,
        Machine machine,
        Terms terms,
        ReplayPlan plan,
        int functions,
        Mix mix,
        List<OpenLoop.Result> results) {
    private static final double PROMISED_SHARE_ABOVE_10 = 0.0001;
    private static final int SLOWEST = 200;

    /// At first every function goes from its one standby to the height of its traffic at once.
    private static final long SETTLING_NANOS = 10_000_000_000L;

    /// One that was slow, for whoever wants to know when and why.
    ///
    /// @param second      of the replay
    /// @param waited      milliseconds until it had an instance
    /// @param dispatched  milliseconds from then until its handler ran
    record Slow(
            double second,
            int function,
            String runtime,
            long sleepMillis,
            String origin,
            String cause,
            double waited,
            double dispatched) {
        static Slow of(Answered answered) {
            Start start = answered.start();
            ReplayPlan.Call call = answered.call();
            return new Slow(
                    call.atNanos() / 1e9,
                    call.function(),
                    answered.runtime(),
                    call.sleepMillis(),
                    start.origin(),
                    answered.cause(),
                    start.assignedNanos() / 1e6,
                    (start.dispatchNanos() - start.assignedNanos()) / 1e6);
        }
    }

    /// An answered call.
    ///
    /// @param runtime what its function runs in
    /// @param visible nanoseconds that its caller waited beyond a warm dispatch of that runtime
    record Answered(ReplayPlan.Call call, String runtime, Start start, long visible) {
        String cause() {
            return start.isWarm() ? "none: an idle instance" : start.cause();
        }
    }

    void publish() throws IOException {
        List<Answered> answered = answered();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("terms", terms);
        json.put("functions", functions);
        json.put("mix", Mix.TEXT);
        json.put("calls", results.size());
        json.put("leftOut", plan.leftOut());
        json.put("failed", results.size() - answered.size());
        json.put("generatorLateMillis", late());
        json.put("all", waits(answered));
        json.put("settled", waits(settled(answered)));
        json.put("byCause", by(answered, Answered::cause));
        json.put("byOrigin", by(answered, each -> each.start().origin()));
        json.put("byRuntime", by(answered, Answered::runtime));
        json.put("slowest", slowest(answered));
        Results.publish(options, "replay", machine, markdown(answered), json);
    }

    private List<Answered> answered() {
        Map<String, List<Long>> warm = new HashMap<>();
        for (OpenLoop.Result result : results) {
            result.start()
                    .filter(Start::isWarm)
                    .ifPresent(start -> warm.computeIfAbsent(runtime(result), _ -> new ArrayList<>())
                            .add(start.dispatchNanos()));
        }
        Map<String, Long> medians = new HashMap<>();
        warm.forEach((runtime, nanos) -> {
            nanos.sort(null);
            medians.put(runtime, nanos.get(nanos.size() / 2));
        });
        List<Answered> answered = new ArrayList<>();
        for (OpenLoop.Result result : results) {
            String runtime = runtime(result);
            result.start()
                    .ifPresent(start -> answered.add(new Answered(
                            result.call(), runtime, start, start.visibleColdNanos(medians.getOrDefault(runtime, 0L)))));
        }
        return answered;
    }

    private static List<Answered> settled(List<Answered> answered) {
        return answered.stream()
                .filter(each -> each.call().atNanos() >= SETTLING_NANOS)
                .toList();
    }

    private static List<Slow> slowest(List<Answered> answered) {
        return answered.stream()
                .sorted(Comparator.comparingLong(Answered::visible).reversed())
                .limit(SLOWEST)
                .map(Slow::of)
                .toList();
    }

    private String runtime(OpenLoop.Result result) {
        return mix.of(result.call().function()).label();
    }

    private static Waits waits(List<Answered> some) {
        return Waits.of(some.stream().mapToLong(Answered::visible));
    }

    private Waits late() {
        return Waits.of(results.stream().mapToLong(OpenLoop.Result::lateNanos));
    }

    private static Map<String, Waits> by(List<Answered> answered, Function<Answered, String> what) {
        Map<String, List<Answered>> groups = new TreeMap<>();
        answered.forEach(each ->
                groups.computeIfAbsent(what.apply(each), _ -> new ArrayList<>()).add(each));
        Map<String, Waits> waits = new LinkedHashMap<>();
        groups.forEach((name, group) -> waits.put(name, waits(group)));
        return waits;
    }

    private String markdown(List<Answered> answered) {
        var text =
                new StringBuilder("## Replay of real arrivals%n%n%s; %s.%n%n".formatted(machine.line(), description()));
        text.append("""
                Shares are of all calls; milliseconds that callers waited beyond a warm dispatch.

                | | calls | above 1 ms | above 10 ms | above 100 ms | p50 | p90 | p99 | max |
                |---|--:|--:|--:|--:|--:|--:|--:|--:|
                """);
        text.append(row("all calls", waits(answered), answered.size()));
        List<Answered> settled = settled(answered);
        text.append(row("after 10 s, of these", waits(settled), settled.size()));
        by(answered, Answered::cause)
                .forEach((name, waits) -> text.append(row("cause " + name, waits, answered.size())));
        by(answered, each -> each.start().origin())
                .forEach((name, waits) -> text.append(row("origin " + name, waits, answered.size())));
        by(answered, Answered::runtime).forEach((name, waits) -> text.append(row(name, waits, answered.size())));
        return text.append("\n").append(verdicts(answered)).toString();
    }

    private String description() {
        return ("%d functions (%s), %d minutes of the trace %.0f times as fast as they were, run times too;"
                        + " arrivals %s; %,d calls in %d s, open loop; %,d calls of the busiest functions left out to"
                        + " stay at %.0f/s")
                .formatted(
                        functions,
                        Mix.TEXT,
                        terms.minutes(),
                        terms.compression(),
                        terms.squeezed() ? "in the first five seconds of their minute" : "evenly at random",
                        results.size(),
                        plan.length().toSeconds(),
                        plan.leftOut(),
                        terms.rate());
    }

    private static String row(String name, Waits waits, int all) {
        double share = all == 0 ? 0 : 100.0 * waits.n() / all;
        return "| %s | %,d | %.3f%% | %.3f%% | %.3f%% | %s |%n"
                .formatted(
                        name,
                        waits.n(),
                        share * waits.above1(),
                        share * waits.above10(),
                        share * waits.above100(),
                        waits.cells());
    }

    private String verdicts(List<Answered> answered) {
        int failed = results.size() - answered.size();
        Waits late = late();
        double above10 = waits(answered).above10();
        long started = answered.stream()
                .filter(each -> !each.start().isWarm() && each.visible() > 10_000_000)
                .count();
        return "- Calls with a visible cold above 10 ms: %.4f%% of all; aim at most %.2f%%: %s.%n"
                        .formatted(
                                100 * above10,
                                100 * PROMISED_SHARE_ABOVE_10,
                                Results.word(!answered.isEmpty() && above10 <= PROMISED_SHARE_ABOVE_10))
                + "- Of these %.4f%% of all calls waited for a start; the others for an instance that idled or was busy.%n"
                        .formatted(100.0 * started / Math.max(1, answered.size()))
                + "- Right answers: %,d of %,d: %s.%s%n"
                        .formatted(answered.size(), results.size(), Results.word(failed == 0), firstFailure())
                + "- The generator sent calls late by %.2f ms (p50), at most %.2f: that is not in the figures.%n"
                        .formatted(late.p50(), late.max());
    }

    private String firstFailure() {
        return results.stream()
                .filter(result -> result.start().isEmpty())
                .findFirst()
                .map(result -> " The first that failed, in " + runtime(result) + ": " + result.failure())
                .orElse("");
    }
}
