package dev.hearth.engine;

import dev.hearth.model.Clock;
import dev.hearth.model.FunctionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// One pool for each version that has been invoked. Safe for use by any thread.
final class InstancePools implements AutoCloseable {
    private final EngineConfig config;
    private final InstanceStarter starter;
    private final InstanceRoom room;
    private final Clock clock;
    private final ConcurrentHashMap<Key, InstancePool> pools = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private record Key(String function, String version) {}

    InstancePools(EngineConfig config, InstanceStarter starter, Clock clock) {
        this.config = config;
        this.starter = starter;
        this.clock = clock;
        this.room = new InstanceRoom(config.maxInstances(), this::all);
    }

    /// The pool that runs a version; a new one where `version` is newer than what the old one runs.
    @SuppressWarnings(
            "ReferenceEquality") // on purpose: the invoke path compares by reference, and by value only when that fails
    InstancePool of(FunctionVersion version) {
        Key key = new Key(version.name(), version.version());
        InstancePool pool = pools.get(key);
        if (pool != null && pool.version() == version) {
            return pool;
        }
        return replace(key, version);
    }

    private InstancePool replace(Key key, FunctionVersion version) {
        List<InstancePool> replaced = new ArrayList<>(1);
        InstancePool current = pools.compute(key, (k, old) -> {
            if (old != null && old.adopt(version)) {
                return old;
            }
            if (old != null) {
                replaced.add(old);
            }
            InstancePool fresh = new InstancePool(version, config, room, starter, clock);
            if (closed) {
                fresh.close();
            }
            return fresh;
        });
        replaced.forEach(InstancePool::close);
        return current;
    }

    /// A version was deployed: instances that run what it replaces end when they are idle.
    void deployed(FunctionVersion version) {
        if (pools.containsKey(new Key(version.name(), version.version()))) {
            of(version);
        }
    }

    /// Ends the instances of a version when they are idle.
    void remove(String function, String version) {
        InstancePool pool = pools.remove(new Key(function, version));
        if (pool != null) {
            pool.close();
        }
    }

    List<InstancePool> all() {
        return new ArrayList<>(pools.values());
    }

    List<Instance> instances() {
        return all().stream().flatMap(pool -> pool.instances().stream()).toList();
    }

    /// Ends idle instances at once, waits for busy ones, then ends those too.
    @Override
    public void close() {
        closed = true;
        all().forEach(InstancePool::close);
        long deadline = clock.nanos() + config.drainGrace().toNanos();
        while (!instances().isEmpty() && clock.nanos() - deadline < 0) {
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
        instances().forEach(Instance::close);
    }
}
