package dev.hearth.simulation;

import dev.hearth.scheduler.Boots;
import java.util.ArrayList;
import java.util.List;

/// Instances that boot or wait for their turn.
final class BootQueue {
    /// Of the simulated machine.
    static final int CORES = 16;

    private final Host host;
    private final List<Boots.Turn<Instance>> pending = new ArrayList<>();
    private int booting;
    private int background;

    BootQueue(Host host) {
        this.host = host;
    }

    void add(Instance instance) {
        HostedFunction function = instance.function();
        pending.add(
                new Boots.Turn<>(instance, instance.awaited(), function.idle.size(), function.frequency, host.now()));
        pump();
    }

    private void pump() {
        while (!pending.isEmpty()) {
            var next = Boots.next(pending, booting, background, CORES);
            if (next.isEmpty()) {
                return;
            }
            pending.remove(next.get());
            turn(next.get().instance());
        }
    }

    private void turn(Instance instance) {
        if (!host.stillNeeded(instance)) {
            host.cancel(instance);
            return;
        }
        count(instance, 1);
        host.at(host.now() + instance.function().runtime().bootMicros(), () -> {
            count(instance, -1);
            host.booted(instance);
            pump();
        });
    }

    private void count(Instance instance, int change) {
        booting += change;
        background += instance.awaited() ? 0 : change;
    }

    int booting() {
        return booting;
    }

    int background() {
        return background;
    }
}
