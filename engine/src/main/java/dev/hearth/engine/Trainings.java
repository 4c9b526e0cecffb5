package dev.hearth.engine;

import dev.hearth.model.Clock;
import dev.hearth.model.FunctionVersion;
import dev.hearth.runtime.Training;
import dev.hearth.sandbox.SandboxException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Trainings one after the other, so that they take no more than one CPU from functions that run. Two threads that want
/// the same one get one: the second finds it done. Safe for use by any thread.
final class Trainings {
    private static final System.Logger LOG = System.getLogger("dev.hearth.engine");

    private static final String NONE = "no start cache was made; the function starts without one";

    private final Clock clock;
    private final Semaphore turn = new Semaphore(1, true);

    Trainings(Clock clock) {
        this.clock = clock;
    }

    /// Begins a training; empty where there is nothing to do.
    @FunctionalInterface
    interface Beginning {
        Optional<Training> begin() throws IOException;
    }

    /// Runs it; empty when it has succeeded, else why not.
    @FunctionalInterface
    interface Running {
        Optional<String> run(Training training) throws IOException, SandboxException, InterruptedException;
    }

    /// Waits its turn, then begins and runs. Never throws: without it the function starts as it would have anyway.
    ///
    /// @return whether it was run now, has succeeded, and would make better ones of instances that run already
    boolean train(FunctionVersion version, Beginning beginning, Running running) {
        try {
            turn.acquire();
            try {
                return trainNow(version, beginning, running);
            } finally {
                turn.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // shutting down
        } catch (IOException | SandboxException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    NONE + " function=" + version.name() + " version=" + version.version(),
                    e);
        }
        return false;
    }

    private boolean trainNow(FunctionVersion version, Beginning beginning, Running running)
            throws IOException, SandboxException, InterruptedException {
        long began = clock.nanos();
        Optional<Training> begun = beginning.begin();
        if (begun.isEmpty()) {
            return false;
        }
        try (Training training = begun.get()) {
            Optional<String> problem = running.run(training);
            String what = " function=" + version.name() + " version=" + version.version() + " durationMs="
                    + (clock.nanos() - began) / 1_000_000;
            problem.ifPresentOrElse(
                    reason -> LOG.log(System.Logger.Level.WARNING, NONE + what + " reason=" + reason),
                    () -> LOG.log(System.Logger.Level.INFO, "start cache made" + what));
            return problem.isEmpty() && training.renewsInstances();
        }
    }
}
