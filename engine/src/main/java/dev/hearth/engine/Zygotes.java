package dev.hearth.engine;

import dev.hearth.model.CodeRef;
import dev.hearth.model.FunctionSettings;
import dev.hearth.model.FunctionVersion;
import dev.hearth.sandbox.Sandbox;
import dev.hearth.sandbox.SandboxException;
import dev.hearth.sandbox.SandboxFactory;
import dev.hearth.sandbox.SandboxSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Initialised processes that serve nobody but fork instances: one for each version whose owner asked for that, started
/// with its first instance and ended a minute after its last one. Safe for any thread.
final class Zygotes implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.hearth.engine");
    private static final Duration KEPT = Duration.ofMinutes(1);

    /// As many versions that cannot be forked are remembered; of others that is found out again.
    private static final int REMEMBERED = 10_000;

    private final SandboxFactory sandboxes;
    private final Duration initLimit;
    private final Map<Key, Nursery> nurseries = new ConcurrentHashMap<>();
    private final Map<Key, String> obstacles = new ConcurrentHashMap<>();

    private record Key(String arn, CodeRef code, FunctionSettings settings) {
        static Key of(FunctionVersion version) {
            return new Key(version.qualifiedArn(), version.code(), version.settings());
        }
    }

    /// A child that is not started yet.
    ///
    /// @param ready whether its zygote was there before
    /// @param ended is to be run when it has ended
    record Forked(Sandbox sandbox, boolean ready, Runnable ended) {}

    /// @param initLimit how long a function may take to initialise
    Zygotes(SandboxFactory sandboxes, Duration initLimit) {
        this.sandboxes = sandboxes;
        this.initLimit = initLimit;
    }

    /// Forks an instance.
    ///
    /// @param spec what an instance of the version is made from
    /// @param log  of the instance
    /// @return empty where that cannot be: it is to be booted then
    Optional<Forked> fork(FunctionVersion version, SandboxSpec spec, InstanceLog log) {
        Key key = Key.of(version);
        if (obstacles.containsKey(key)) {
            return Optional.empty();
        }
        Nursery nursery = nurseries.computeIfAbsent(key, _ -> new Nursery(sandboxes, initLimit));
        return switch (child(nursery, spec, log)) {
            case Nursery.Child.Gone() -> {
                nurseries.remove(key, nursery);
                yield Optional.empty();
            }
            case Nursery.Child.Born(Sandbox sandbox, boolean awaited) ->
                Optional.of(new Forked(sandbox, !awaited, () -> ended(key, nursery)));
            case Nursery.Child.Failed(String reason) -> {
                LOG.log(System.Logger.Level.WARNING, "fork failed function={0} reason={1}", version.name(), reason);
                end(key, nursery);
                yield Optional.empty();
            }
            case Nursery.Child.Never(String reason) -> {
                remember(key, version, reason);
                end(key, nursery);
                yield Optional.empty();
            }
        };
    }

    private static Nursery.Child child(Nursery nursery, SandboxSpec spec, InstanceLog log) {
        try {
            return nursery.fork(spec, log);
        } catch (SandboxException e) {
            return new Nursery.Child.Failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Nursery.Child.Failed("interrupted");
        }
    }

    private void remember(Key key, FunctionVersion version, String reason) {
        LOG.log(System.Logger.Level.INFO, "cannot be forked function={0} reason={1}", version.name(), reason);
        if (obstacles.size() >= REMEMBERED) {
            obstacles.clear();
        }
        obstacles.put(key, reason);
    }

    private void ended(Key key, Nursery nursery) {
        nursery.childEnded()
                .ifPresent(mark -> Thread.ofVirtual().name("zygote").start(() -> {
                    try {
                        Thread.sleep(KEPT);
                        if (nursery.retireIfUnused(mark)) {
                            nurseries.remove(key, nursery);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
    }

    private void end(Key key, Nursery nursery) {
        nurseries.remove(key, nursery);
        nursery.retire();
    }

    /// How many there are, those that start included.
    int count() {
        return nurseries.size();
    }

    /// Whether the next instance of a version would be forked from what is there.
    boolean isReady(FunctionVersion version) {
        @Nullable Nursery nursery = nurseries.get(Key.of(version));
        return nursery != null && nursery.isReady();
    }

    @Override
    public void close() {
        nurseries.values().forEach(Nursery::close);
        nurseries.clear();
    }
}
