package dev.hearth.engine;

import dev.hearth.model.ByteSize;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Payload;
import dev.hearth.runtime.Answer;
import dev.hearth.runtime.Hook;
import dev.hearth.runtime.Initialised;
import dev.hearth.runtime.RuntimeApi;
import dev.hearth.runtime.RuntimeApiConfig;
import dev.hearth.runtime.RuntimeEvent;
import dev.hearth.runtime.Training;
import dev.hearth.sandbox.Sandbox;
import dev.hearth.sandbox.SandboxException;
import dev.hearth.sandbox.SandboxFactory;
import dev.hearth.sandbox.SandboxSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Runs one training in a sandbox like those the function will live in, only roomier and slower.
final class Trainer {
    /// Longer than a function has otherwise: it gets one CPU and writes down what it loads.
    private static final Duration INIT_LIMIT = Duration.ofSeconds(60);

    private static final Duration INVOKE_LIMIT = Duration.ofSeconds(60);

    /// How long the archive may take, once the function has been told to end.
    private static final Duration ARCHIVE_LIMIT = Duration.ofMinutes(2);

    private static final double CPUS = 1.0;
    private static final int CHUNK_BYTES = 16 * 1024;

    /// What is taken at once on the thread that serves all sandboxes.
    private static final int CHUNKS_AT_ONCE = 8;

    private final SandboxFactory sandboxes;
    private final RuntimeApiConfig apiConfig;

    Trainer(SandboxFactory sandboxes, RuntimeApiConfig apiConfig) {
        this.sandboxes = sandboxes;
        this.apiConfig = apiConfig;
    }

    /// @param spec what an instance of the version is made from
    /// @return empty when it has left what later starts use; else why not
    Optional<String> run(FunctionVersion version, Training training, SandboxSpec spec)
            throws SandboxException, IOException, InterruptedException {
        try (Sandbox sandbox = sandboxes.create(roomier(spec))) {
            sandbox.yieldCpus(true);
            CountDownLatch written = new CountDownLatch(1);
            take(sandbox, training, written);
            Optional<String> problem = initialise(version, training, sandbox);
            if (problem.isPresent()) {
                return problem;
            }
            if (!written.await(ARCHIVE_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                return Optional.of("it was not done after " + ARCHIVE_LIMIT.toSeconds() + " s");
            }
        }
        return training.finish();
    }

    private static SandboxSpec roomier(SandboxSpec spec) {
        return new SandboxSpec(
                spec.name(),
                spec.command(),
                spec.environment(),
                spec.mounts(),
                spec.workingDirectory(),
                sum(spec.memory(), Training.MORE_MEMORY),
                sum(spec.tmp(), Training.MORE_TMP),
                CPUS,
                spec.processes(),
                spec.openFiles(),
                spec.network());
    }

    private static ByteSize sum(ByteSize a, ByteSize b) {
        return ByteSize.ofBytes(a.bytes() + b.bytes());
    }

    private static void take(Sandbox sandbox, Training training, CountDownLatch written) {
        byte[] chunk = new byte[CHUNK_BYTES];
        sandbox.output().onReadable(() -> {
            for (int i = 0; i < CHUNKS_AT_ONCE; i++) {
                int count = sandbox.output().poll(chunk);
                if (count < 0) {
                    written.countDown();
                }
                if (count <= 0) {
                    return;
                }
                training.take(chunk, count);
            }
        });
    }

    /// Lets the function come up, run its hooks, handle its event if it has one, and end because its Runtime API is
    /// gone.
    private Optional<String> initialise(FunctionVersion version, Training training, Sandbox sandbox)
            throws SandboxException {
        try (RuntimeApi api = RuntimeApi.serve(sandbox.runtimeApi(), apiConfig, () -> {})) {
            sandbox.start();
            Thread.ofVirtual().name("end of training " + sandbox.id()).start(() -> closeAtTheEnd(sandbox, api));
            Initialised initialised = api.awaitInitialised(INIT_LIMIT);
            if (!(initialised instanceof Initialised.Ready)) {
                return Optional.of("the function was not initialised: " + describe(initialised));
            }
            Optional<String> problem = runHooks(api);
            return problem.isPresent() ? problem : training.event().flatMap(event -> invoke(version, event, api));
        }
    }

    /// Hooks are where functions prepare themselves for what comes: many call themselves there, as AWS advises for
    /// SnapStart.
    private static Optional<String> runHooks(RuntimeApi api) {
        for (Hook hook : Hook.values()) {
            if (api.hasHooks() && !(api.runHooks(hook, INVOKE_LIMIT) instanceof Answer.Response)) {
                return Optional.of("its hooks failed: " + hook);
            }
        }
        return Optional.empty();
    }

    /// A function that ends by itself never asks for an event: nobody must wait for it.
    private static void closeAtTheEnd(Sandbox sandbox, RuntimeApi api) {
        try {
            var _ = sandbox.awaitExit();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        api.close();
    }

    /// An error is an answer like any other: what was loaded for it will be loaded again.
    private static Optional<String> invoke(FunctionVersion version, Payload payload, RuntimeApi api) {
        RuntimeEvent event = new RuntimeEvent(
                UUID.randomUUID().toString(),
                System.currentTimeMillis() + INVOKE_LIMIT.toMillis(),
                version.qualifiedArn(),
                "",
                Optional.empty(),
                Optional.empty(),
                payload);
        return switch (api.invoke(event, INVOKE_LIMIT.toNanos())) {
            case Answer.Response _, Answer.Error _, Answer.TooLarge _ -> Optional.empty();
            case Answer.TimedOut _ ->
                Optional.of("the priming event was not handled within " + INVOKE_LIMIT.toSeconds() + " s");
            case Answer.Disconnected _ -> Optional.of("the function ended while it handled the priming event");
        };
    }

    private static String describe(Initialised initialised) {
        return switch (initialised) {
            case Initialised.Ready _ -> "ready";
            case Initialised.Failed(String errorType, Payload _) -> errorType;
            case Initialised.TimedOut _ -> "it took longer than " + INIT_LIMIT.toSeconds() + " s";
            case Initialised.Disconnected _ -> "its process ended";
        };
    }
}
