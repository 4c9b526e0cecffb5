package dev.hearth.engine;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.ProvisionedVersion;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.VersionState;
import dev.hearth.scheduler.Standbys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Brings standbys back after a start of the server: what was provisioned first, then of every function `$LATEST` and
/// what its aliases reach ([Standbys#versions]), the version that was changed last first, until there is no more room
/// for them. Other versions get one with their first call. One virtual thread, one version after the other.
final class Restoration implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.hearth.engine");
    private static final int PAGE = 500;

    /// A version that takes longer comes up by itself while the next ones follow.
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final Catalog catalog;
    private final Preparation preparation;
    private final InstancePools pools;
    private final BooleanSupplier room;
    private final Thread thread = Thread.ofVirtual().name("restoration").unstarted(this::run);

    /// @param room whether there is room for another standby
    Restoration(Catalog catalog, Preparation preparation, InstancePools pools, BooleanSupplier room) {
        this.catalog = catalog;
        this.preparation = preparation;
        this.pools = pools;
        this.room = room;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            for (ProvisionedVersion provisioned : catalog.read(tx -> tx.provisioned())) {
                pools.of(provisioned.version()).provision(provisioned.instances());
            }
            List<FunctionVersion> versions = active();
            List<FunctionVersion> restored = restore(versions);
            if (!versions.isEmpty()) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "standbys restored count={0} of={1}",
                        restored.size(),
                        versions.size());
            }
            // A new Hearth or a new JDK starts functions from other archives than those they were deployed with.
            restored.stream()
                    .filter(this::isWanted)
                    .filter(preparation::train)
                    .forEach(version -> pools.of(version).renew(WAIT));
        } catch (RuntimeException e) {
            // What is missing is booted when it is called.
            LOG.log(System.Logger.Level.WARNING, "standbys were not restored", e);
        }
    }

    private List<FunctionVersion> restore(List<FunctionVersion> versions) {
        List<FunctionVersion> restored = new ArrayList<>();
        for (FunctionVersion version : versions) {
            if (!room.getAsBoolean()) {
                return restored;
            }
            if (isWanted(version) && pools.of(version).standBy(WAIT)) {
                restored.add(version);
            }
        }
        return restored;
    }

    /// It may have been deleted or deployed again meanwhile; then that took care of it.
    private boolean isWanted(FunctionVersion version) {
        return !Thread.currentThread().isInterrupted() && isCurrent(version);
    }

    private boolean isCurrent(FunctionVersion version) {
        return catalog.read(tx -> tx.version(version.name(), version.version()))
                .filter(now -> now.revisionId().equals(version.revisionId()))
                .isPresent();
    }

    private List<FunctionVersion> active() {
        List<FunctionVersion> active = new ArrayList<>();
        String after = "";
        while (true) {
            String from = after;
            List<FunctionVersion> page = catalog.read(tx -> tx.functions(from, PAGE));
            for (FunctionVersion latest : page) {
                Set<String> kept = Standbys.versions(catalog.read(tx -> tx.aliases(latest.name())));
                catalog.read(tx -> tx.versions(latest.name())).stream()
                        .filter(version -> kept.contains(version.version()))
                        .filter(version -> version.state() instanceof VersionState.Active)
                        .forEach(active::add);
            }
            if (page.size() < PAGE) {
                active.sort(Comparator.comparing(FunctionVersion::lastModified).reversed());
                return active;
            }
            after = page.getLast().name();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
