package dev.hearth.engine;

import dev.hearth.model.Clock;
import dev.hearth.model.FunctionArn;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.UpdateStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One pool for each version that has been invoked or stands by. Safe for use by any thread.
///
/// While an update of a function is in progress its old instances go on serving, as on AWS; what is to replace them
/// initialises in a pool that nobody else sees until [#deployed].
final class InstancePools implements AutoCloseable {
    private final EngineConfig config;
    private final InstanceStarter starter;
    private final Worth worth = new Worth();
    private final InstanceRoom room;
    private final Clock clock;
    private final Predicate<FunctionVersion> standsBy;
    private final ConcurrentHashMap<Key, InstancePool> pools = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Key, InstancePool> incoming = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private record Key(FunctionArn function, String version) {
        static Key of(FunctionVersion version) {
            return new Key(version.arn(), version.version());
        }
    }

    /// @param standsBy whether instances of a version are kept that nobody has asked for
    InstancePools(EngineConfig config, InstanceStarter starter, Clock clock, Predicate<FunctionVersion> standsBy) {
        this.config = config;
        this.starter = starter;
        this.clock = clock;
        this.standsBy = standsBy;
        this.room = new InstanceRoom(config.maxInstances(), worth, this::all);
    }

    /// The pool that runs a version; a new one where `version` is newer than what the old one runs, and the update has
    /// ended.
    @SuppressWarnings(
            "ReferenceEquality") // on purpose: the invoke path compares by reference, and by value only when that fails
    InstancePool of(FunctionVersion version) {
        Key key = Key.of(version);
        InstancePool pool = pools.get(key);
        if (pool != null && pool.version() == version) {
            return pool;
        }
        return replace(key, version, version.updateStatus() instanceof UpdateStatus.InProgress);
    }

    private InstancePool replace(Key key, FunctionVersion version, boolean inProgress) {
        List<InstancePool> replaced = new ArrayList<>(1);
        InstancePool current = pools.compute(key, (k, old) -> {
            if (old != null && (inProgress || old.adopt(version))) {
                return old;
            }
            if (old != null) {
                replaced.add(old);
            }
            return successor(k, version);
        });
        replaced.forEach(InstancePool::close);
        return current;
    }

    private InstancePool successor(Key key, FunctionVersion version) {
        InstancePool prepared = incoming.get(key);
        if (prepared != null && prepared.runs(version)) {
            incoming.remove(key, prepared);
            prepared.adopt(version);
            return prepared;
        }
        return create(version);
    }

    private InstancePool create(FunctionVersion version) {
        InstancePool fresh = new InstancePool(
                version, config, room, starter, clock, config.standbys().enabled() && standsBy.test(version));
        if (closed) {
            fresh.close();
        }
        return fresh;
    }

    /// Whether a version may be initialised before anybody has asked for it.
    boolean mayInitialise(FunctionVersion version) {
        return standsBy.test(version);
    }

    /// The pool in which what is being deployed may initialise: the one that serves it already, or one that takes its
    /// place with [#deployed].
    InstancePool prepare(FunctionVersion version) {
        Key key = Key.of(version);
        InstancePool serving = pools.get(key);
        if (serving != null && serving.runs(version)) {
            return serving;
        }
        InstancePool fresh = create(version);
        close(incoming.put(key, fresh));
        return fresh;
    }

    /// A version was deployed: instances that run what it replaces end when they are idle.
    void deployed(FunctionVersion version) {
        Key key = Key.of(version);
        if (pools.containsKey(key) || incoming.containsKey(key)) {
            replace(key, version, false);
        }
    }

    /// The deployment of a version came to nothing.
    void abandoned(FunctionVersion version) {
        Key key = Key.of(version);
        InstancePool prepared = incoming.get(key);
        if (prepared != null && prepared.runs(version) && incoming.remove(key, prepared)) {
            prepared.close();
        }
    }

    /// Ends the instances of a version when they are idle.
    void remove(FunctionVersion version) {
        Key key = Key.of(version);
        close(pools.remove(key));
        close(incoming.remove(key));
    }

    private static void close(@Nullable InstancePool pool) {
        if (pool != null) {
            pool.close();
        }
    }

    /// Instances whose loss costs least, enough of them to free so many bytes.
    List<Instance> victims(long bytesToFree) {
        return worth.victims(all().stream(), bytesToFree);
    }

    /// Whether what standbys may hold of the memory is nearly taken: no spares are made then.
    void memoryIsShort(boolean isShort) {
        room.memoryIsShort(isShort);
    }

    /// Whether another instance would cost none of the others.
    boolean hasRoom() {
        return room.hasFree();
    }

    /// The pool of a version where there is one.
    Optional<InstancePool> find(FunctionVersion version) {
        return Optional.ofNullable(pools.get(Key.of(version)));
    }

    List<InstancePool> all() {
        List<InstancePool> all = new ArrayList<>(pools.values());
        all.addAll(incoming.values());
        return all;
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
