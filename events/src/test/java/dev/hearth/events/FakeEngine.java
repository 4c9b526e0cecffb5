package dev.hearth.events;

import dev.hearth.engine.FunctionEngine;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Origin;
import dev.hearth.model.Outcome;
import dev.hearth.model.Payload;
import dev.hearth.model.Timeline;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// An engine whose functions do what the test says: by default they answer with their event.
class FakeEngine implements FunctionEngine {
    final List<Invocation> invocations = Collections.synchronizedList(new ArrayList<>());
    final Map<String, Function<Invocation, Outcome>> functions = new ConcurrentHashMap<>();

    static Outcome answering(String json) {
        return new Outcome.Succeeded(new Payload(json.getBytes(StandardCharsets.UTF_8)));
    }

    static Outcome failing(String json) {
        return new Outcome.FunctionFailed("Oops", new Payload(json.getBytes(StandardCharsets.UTF_8)));
    }

    void does(String function, Function<Invocation, Outcome> what) {
        functions.put(function, what);
    }

    /// Events that a function got, in order.
    List<String> eventsOf(String function) {
        synchronized (invocations) {
            return invocations.stream()
                    .filter(invocation -> invocation.version().name().equals(function))
                    .map(invocation -> new String(invocation.payload().bytes(), StandardCharsets.UTF_8))
                    .toList();
        }
    }

    @Override
    public InvocationReport invoke(Invocation invocation) {
        invocations.add(invocation);
        Outcome outcome = functions
                .getOrDefault(invocation.version().name(), call -> new Outcome.Succeeded(call.payload()))
                .apply(invocation);
        return new InvocationReport(
                outcome, Optional.empty(), Optional.empty(), Timeline.notRun(0), 0, 0, 0, Optional.empty());
    }

    @Override
    public void deployed(FunctionVersion version) {}

    @Override
    public void removed(FunctionVersion version) {}

    @Override
    public void provision(FunctionVersion version, int instances) {}

    @Override
    public int initialisedInstances(FunctionVersion version) {
        return 0;
    }

    @Override
    public Origin arrange(FunctionVersion version, Origin origin) {
        return origin;
    }

    @Override
    public void reservationsChanged() {}
}
