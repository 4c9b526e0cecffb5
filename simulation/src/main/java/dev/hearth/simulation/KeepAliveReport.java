package dev.hearth.simulation;

import dev.hearth.model.Origin;
import dev.hearth.model.StartCause;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// What each keep-alive policy does to the callers of a trace and to the memory of the host.
final class KeepAliveReport {
    static final long SEED = 20_190_715;

    /// A cap at which not everything fits: this share of what one instance of each function would take.
    private static final double CAP_SHARE = 0.5;

    private static final long GIB = 1024L * 1024 * 1024;
    private static final double MIB_PER_GIB = 1024;
    private static final long MINUTE = Workload.MINUTE_MICROS;

    private static final List<Supplier<Policy>> POLICIES = List.of(
            () -> new KeepAlive("fixed 1 minute", MINUTE),
            () -> new KeepAlive("fixed 10 minutes", 10 * MINUTE),
            () -> new KeepAlive("never unload", KeepAlive.FOREVER),
            KeepByValue::new,
            HybridHistogram::new,
            () -> new Hearth("Hearth without spares", false, false),
            () -> new Hearth("Hearth", false, true),
            () -> new Hearth("Hearth, schedules declared", true, true));

    private final Trace trace;
    private final StringBuilder text = new StringBuilder();

    private KeepAliveReport(Trace trace) {
        this.trace = trace;
    }

    /// The whole report; the same text for the same trace and the same policies.
    static String of(Trace trace) {
        return new KeepAliveReport(trace).write();
    }

    private String write() {
        assumptions();
        for (ArrivalModel model : ArrivalModel.values()) {
            Workload workload = Workload.of(trace, model, SEED);
            table(workload, model, Long.MAX_VALUE / 4);
            table(workload, model, cap());
        }
        return text.toString();
    }

    private long cap() {
        double mib = trace.functions().stream()
                .mapToDouble(Trace.Function::memoryMib)
                .sum();
        return Math.round(mib / MIB_PER_GIB * CAP_SHARE) * GIB;
    }

    private void assumptions() {
        text.append("Keep-alive policies under the trace ").append(trace.name()).append("\n\nAssumptions (seed ");
        text.append(SEED).append("):\n");
        text.append("- ").append(trace.functions().size()).append(" functions, ");
        text.append(trace.minutes()).append(" minutes; arrivals within a minute:\n");
        for (ArrivalModel model : ArrivalModel.values()) {
            indented(model.label() + ": " + model.assumption());
        }
        text.append("""
                - execution times evenly spread between the percentiles of the trace, at least 0.5 ms
                - an instance holds what its app allocates on average and serves one call at a time
                - runtimes by the function's hash, the same start times for all policies:
                """);
        Arrays.stream(AssumedRuntime.values()).forEach(runtime -> indented(runtime.assumption()));
        text.append("- at most ").append(BootQueue.CORES).append(" boots at once; no function crashes\n");
        text.append("""
                - for Hearth all functions were deployed before, and their standbys are in swap

                first, recold, scale-up: calls that found no instance, and why. pagein: calls whose instance was in swap.
                >N ms: share of calls that waited so long or longer beyond a warm dispatch.
                idle: memory held by instances that serve nobody. boots, ended: instances.

                """);
    }

    private void indented(String line) {
        text.append("  ").append(line).append('\n');
    }

    private void table(Workload workload, ArrivalModel model, long cap) {
        String memory = cap > Long.MAX_VALUE / 8 ? "memory without limit" : (cap / GIB) + " GiB of memory";
        text.append(workload.size())
                .append(" calls, ")
                .append(model.label())
                .append(", ")
                .append(memory)
                .append('\n');
        TextTable table = new TextTable(
                "policy",
                "first",
                "recold",
                "scale-up",
                "cold %",
                "pagein",
                ">1 ms %",
                ">10 ms %",
                ">100 ms %",
                "p99.9 ms",
                "max ms",
                "idle GiB h",
                "swap GiB h",
                "peak GiB",
                "boots",
                "ended");
        for (Supplier<Policy> policy : POLICIES) {
            Policy fresh = policy.get();
            Host host = new Host(workload, fresh, cap);
            host.run();
            table.row(row(fresh.name(), host));
        }
        text.append(table).append('\n');
    }

    private static List<String> row(String name, Host host) {
        Tally tally = host.tally();
        Memory memory = host.memory();
        return List.of(
                name,
                String.valueOf(tally.cold(StartCause.FIRST)),
                String.valueOf(tally.cold(StartCause.RECOLD)),
                String.valueOf(tally.cold(StartCause.SCALE_UP)),
                decimal(3, 100.0 * tally.cold() / Math.max(1, tally.served())),
                String.valueOf(tally.from(Origin.PAGEIN)),
                decimal(3, tally.percentAbove(1)),
                decimal(3, tally.percentAbove(10)),
                decimal(3, tally.percentAbove(100)),
                decimal(1, tally.waitMillis(0.999)),
                decimal(0, tally.longestMillis()),
                decimal(1, memory.idleGibHours()),
                decimal(1, memory.swappedGibHours()),
                decimal(1, memory.peakGib()),
                String.valueOf(tally.booted),
                String.valueOf(tally.ended));
    }

    private static String decimal(int digits, double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
