package dev.hearth.engine;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.Catalogs;
import dev.hearth.catalog.ProvisionedVersion;
import dev.hearth.catalog.VersionName;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.VersionState;
import dev.hearth.scheduler.Standbys;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Brings standbys back after a start of the server: what was provisioned first, then of every function `$LATEST` and
/// what its aliases reach ([Standbys#versions]), the version that was changed last first, until there is no more room
/// for them. Other versions get one with their first call. One virtual thread, one version after the other.
final class Restoration implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.hearth.engine");

    /// A version that takes longer comes up by itself while the next ones follow.
    private static final Duration WAIT = Duration.ofSeconds(30);

    /// So many functions say what is to be ready for all of their kind.
    private static final int EXPECTED = 100;

    /// No value of [InitChoice#TAG]: leaves nothing out.
    private static final String NO_CHOICE = "";

    private final Catalogs catalogs;
    private final Preparation preparation;
    private final InstancePools pools;
    private final BooleanSupplier room;
    private final Thread thread = Thread.ofVirtual().name("restoration").unstarted(this::run);

    /// @param room whether there is room for another standby
    Restoration(Catalogs catalogs, Preparation preparation, InstancePools pools, BooleanSupplier room) {
        this.catalogs = catalogs;
        this.preparation = preparation;
        this.pools = pools;
        this.room = room;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            catalogs.all().forEach(this::provision);
            // What stands by later is wanted later, and so counts for more.
            catalogs.all().forEach(this::expect);
            List<FunctionVersion> restored =
                    catalogs.all().stream().flatMap(this::restore).toList();
            if (!restored.isEmpty()) {
                LOG.log(System.Logger.Level.INFO, "standbys restored count={0}", restored.size());
            }
            // A new Hearth or a new JDK starts functions from other archives than those they were deployed with.
            restored.stream()
                    .takeWhile(version -> !isClosed())
                    .filter(this::isCurrent)
                    .filter(preparation::train)
                    .forEach(version -> pools.of(version).growth().renew(WAIT));
        } catch (RuntimeException e) {
            // What is missing is booted when it is called.
            LOG.log(System.Logger.Level.WARNING, "standbys were not restored", e);
        }
    }

    private void provision(Catalog catalog) {
        for (ProvisionedVersion provisioned : catalog.read(tx -> tx.provisioned())) {
            pools.of(provisioned.version()).growth().provision(provisioned.instances());
        }
    }

    private void expect(Catalog catalog) {
        List<VersionName> lastChangedFirst = catalog.read(tx -> tx.reachable(InitChoice.TAG, NO_CHOICE));
        lastChangedFirst.stream()
                .limit(EXPECTED)
                .toList()
                .reversed()
                .forEach(name -> wanted(catalog, name).ifPresent(preparation::expect));
    }

    private Stream<FunctionVersion> restore(Catalog catalog) {
        List<VersionName> reachable = catalog.read(tx -> tx.reachable(InitChoice.TAG, InitChoice.LAZY));
        return reachable.stream()
                .takeWhile(name -> !isClosed() && room.getAsBoolean())
                .flatMap(name -> wanted(catalog, name).stream())
                .filter(version -> pools.of(version).growth().standBy(WAIT));
    }

    private static boolean isClosed() {
        return Thread.currentThread().isInterrupted();
    }

    /// The version as it is now, where callers may come to it; it may have been deleted meanwhile.
    private static Optional<FunctionVersion> wanted(Catalog catalog, VersionName name) {
        return catalog.read(tx -> tx.version(name.function(), name.version())
                .filter(version -> version.state() instanceof VersionState.Active)
                .filter(version ->
                        Standbys.versions(tx.aliases(name.function())).contains(name.version())));
    }

    /// It may have been deployed again meanwhile; then that took care of it.
    private boolean isCurrent(FunctionVersion version) {
        return catalogs.of(version)
                .read(tx -> tx.version(version.name(), version.version()))
                .filter(now -> now.revisionId().equals(version.revisionId()))
                .isPresent();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
