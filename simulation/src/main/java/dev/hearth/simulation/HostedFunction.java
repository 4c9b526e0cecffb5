package dev.hearth.simulation;

import dev.hearth.model.Origin;
import dev.hearth.model.StartCause;
import dev.hearth.scheduler.Figures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// A function on a simulated host.
final class HostedFunction {
    private static final double BYTES_PER_MIB = 1024.0 * 1024;
    private static final int AVERAGED_OVER = 16;

    private final int index;
    private final Trace.Function traced;
    private final AssumedRuntime runtime;
    private final Figures figures;
    private final long bytes;

    /// The one that was used last is last.
    final List<Instance> idle = new ArrayList<>();

    final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    int running;
    int starting;
    int calls;
    /// Its latest invocation in the workload.
    int latest = -1;
    /// Invocations since it has had instances.
    int frequency;
    /// Since when none of its instances is busy.
    long idleSince;
    long serviceMicros;

    /// Who found no instance.
    record Waiter(int invocation, StartCause cause) {}

    HostedFunction(int index, Trace.Function traced) {
        this.index = index;
        this.traced = traced;
        this.runtime = AssumedRuntime.of(traced.id());
        this.figures = runtime.figures();
        this.bytes = (long) (traced.memoryMib() * BYTES_PER_MIB);
    }

    /// Its place in the trace.
    int index() {
        return index;
    }

    boolean hasSchedule() {
        return traced.timer();
    }

    AssumedRuntime runtime() {
        return runtime;
    }

    Figures figures() {
        return figures;
    }

    /// What a start from `origin` takes.
    long micros(Origin origin) {
        return figures.nanos(origin) / 1_000;
    }

    /// The memory of an instance.
    long bytes() {
        return bytes;
    }

    /// What remains of that in memory when it is paged out.
    long pagedOutBytes() {
        return runtime.pagedOutBytes(bytes);
    }

    /// Those that serve.
    int live() {
        return idle.size() + running;
    }

    /// With those on their way.
    int instances() {
        return live() + starting;
    }

    /// Why a caller finds none idle now.
    StartCause cause() {
        if (calls == 0) {
            return StartCause.FIRST;
        }
        return running + waiters.size() > 0 ? StartCause.SCALE_UP : StartCause.RECOLD;
    }

    void took(long micros) {
        serviceMicros = serviceMicros == 0 ? micros : serviceMicros + (micros - serviceMicros) / AVERAGED_OVER;
    }
}
