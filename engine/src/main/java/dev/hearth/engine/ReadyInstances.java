package dev.hearth.engine;

import dev.hearth.model.Origin;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/// The instances of a pool that can take an invocation: idle ones and standbys, of each the one that was used last
/// first. Lock-free; an instance may be in here that cannot be claimed any more, and is passed over.
final class ReadyInstances {
    private final ConcurrentLinkedDeque<Instance> idle = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<Instance> frozen = new ConcurrentLinkedDeque<>();

    /// An instance and where it comes from.
    record Claimed(Instance instance, Origin origin) {}

    /// The cheapest there is, claimed for the caller: a standby whose memory was reclaimed only when no other is left.
    @Nullable
    Claimed claim() {
        Claimed claimed = claimFrom(idle);
        return claimed != null ? claimed : claimFrom(frozen);
    }

    private static @Nullable Claimed claimFrom(ConcurrentLinkedDeque<Instance> instances) {
        for (Instance next = instances.pollFirst(); next != null; next = instances.pollFirst()) {
            Origin origin = next.claim();
            if (origin != null) {
                return new Claimed(next, origin);
            }
        }
        return null;
    }

    void idle(Instance instance) {
        idle.addFirst(instance);
    }

    void frozen(Instance instance) {
        frozen.addFirst(instance);
    }

    /// Takes an idle instance out so that it can be parked.
    ///
    /// @return whether it was in here
    boolean takeIdle(Instance instance) {
        return idle.remove(instance);
    }

    /// Takes a standby out so that it can be woken.
    ///
    /// @return whether it was in here
    boolean takeFrozen(Instance instance) {
        return frozen.remove(instance);
    }

    void remove(Instance instance) {
        if (!idle.remove(instance)) {
            frozen.remove(instance);
        }
    }

    boolean isEmpty() {
        return idle.isEmpty() && frozen.isEmpty();
    }

    int size() {
        return idle.size() + frozen.size();
    }
}
