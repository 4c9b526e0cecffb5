package dev.hearth.engine;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.catalog.Catalogs;
import dev.hearth.model.Clock;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.UpdateStatus;
import dev.hearth.model.VersionState;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/// Takes versions from Pending to Active or Failed, and updates of `$LATEST` from InProgress to Successful
/// or Failed, in the background. One virtual thread each.
final class Deployments implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.hearth.engine");

    /// A version becomes Active without its standby where that takes longer, as when many are deployed at once.
    private static final Duration STANDBY_WAIT = Duration.ofSeconds(60);

    private final Catalogs catalogs;
    private final Preparation preparation;
    private final InstancePools pools;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Deployments(Catalogs catalogs, Preparation preparation, InstancePools pools, Clock clock) {
        this.catalogs = catalogs;
        this.preparation = preparation;
        this.pools = pools;
        this.clock = clock;
    }

    /// Prepares what was being deployed when the last server stopped.
    void resume() {
        for (Catalog catalog : catalogs.all()) {
            catalog.read(CatalogTransaction::unfinished).forEach(this::prepare);
        }
    }

    void prepare(FunctionVersion version) {
        try {
            threads.execute(() -> prepareNow(version));
        } catch (RejectedExecutionException e) {
            // Shutting down: the next start resumes it.
            LOG.log(System.Logger.Level.DEBUG, "not prepared, shutting down function=" + version.name());
        }
    }

    private void prepareNow(FunctionVersion version) {
        long began = clock.nanos();
        Optional<Preparation.Problem> problem;
        try {
            problem = preparation.prepare(version);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "preparation failed function=" + version.qualifiedArn(), e);
            problem = Optional.of(new Preparation.Problem("InternalError", "The function could not be prepared: " + e));
        }
        boolean standsBy = problem.isEmpty() && pools.prepare(version).growth().standBy(STANDBY_WAIT);
        Optional<FunctionVersion> settled = settle(version, problem);
        if (settled.isEmpty()) {
            pools.abandoned(version);
            return;
        }
        pools.deployed(settled.get());
        LOG.log(
                System.Logger.Level.INFO,
                "deployed function={0} version={1} state={2} standby={3} durationMs={4}",
                version.name(),
                version.version(),
                problem.map(p -> "Failed (" + p.reason() + ")").orElse("Active"),
                standsBy,
                (clock.nanos() - began) / 1_000_000);
        if (problem.isEmpty()) {
            trained(settled.get());
        }
    }

    private void trained(FunctionVersion version) {
        // A training initialises it, which is what some do not want before they call.
        if (pools.mayInitialise(version) && preparation.train(version)) {
            pools.find(version).ifPresent(pool -> pool.growth().renew(STANDBY_WAIT));
        }
    }

    /// Moves the version's state, unless it was deleted or updated again meanwhile.
    private Optional<FunctionVersion> settle(FunctionVersion version, Optional<Preparation.Problem> problem) {
        return catalogs.of(version).write(tx -> {
            Optional<FunctionVersion> current = tx.version(version.name(), version.version());
            if (current.isEmpty() || !isSameDeployment(current.get(), version)) {
                return Optional.empty();
            }
            FunctionVersion settled = current.get()
                    .withState(problem.<VersionState>map(p -> new VersionState.Failed(p.reasonCode(), p.reason()))
                            .orElse(VersionState.Active.INSTANCE))
                    .withUpdateStatus(
                            problem.<UpdateStatus>map(p -> new UpdateStatus.Failed(p.reasonCode(), p.reason()))
                                    .orElse(UpdateStatus.Successful.INSTANCE));
            if (settled.equals(current.get())) {
                // A published version is Active from the start: AWS gives it no second revision.
                return current;
            }
            FunctionVersion revised =
                    settled.revised(UUID.randomUUID().toString(), current.get().lastModified());
            tx.put(revised);
            return Optional.of(revised);
        });
    }

    private static boolean isSameDeployment(FunctionVersion a, FunctionVersion b) {
        return a.code().equals(b.code()) && a.settings().equals(b.settings());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
