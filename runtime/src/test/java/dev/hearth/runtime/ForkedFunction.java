package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.model.ByteSize;
import dev.hearth.sandbox.HostProbe;
import dev.hearth.sandbox.LinuxSandboxes;
import dev.hearth.sandbox.Mount;
import dev.hearth.sandbox.Network;
import dev.hearth.sandbox.Protection;
import dev.hearth.sandbox.Sandbox;
import dev.hearth.sandbox.SandboxConfig;
import dev.hearth.sandbox.SandboxSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A Python function in a sandbox that is a zygote, for tests.
final class ForkedFunction implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(60);

    final LinuxSandboxes sandboxes;
    final Sandbox sandbox;
    final RuntimeApi api;
    final Zygote zygote;

    ForkedFunction(Path directory, String code) throws Exception {
        HostProbe probe = HostProbe.run();
        assumeTrue(probe.missing(Protection.Need.USEFUL).stream()
                .noneMatch(finding -> finding.protection() != Protection.SWAP
                        && finding.protection() != Protection.OUTBOUND_NETWORK));
        Path bootstraps = directory.resolve("bootstraps");
        Bootstraps.install(bootstraps, directory.resolve("none"));
        Path task = Files.createDirectories(directory.resolve("task"));
        Files.writeString(task.resolve("app.py"), code);
        sandboxes = LinuxSandboxes.open(SandboxConfig.defaults(directory.resolve("data")), probe);
        sandbox = sandboxes.create(spec(bootstraps.resolve("python"), task));
        api = RuntimeApi.serve(sandbox.runtimeApi(), Zygote.CONFIG, () -> {});
        sandbox.start();
        Initialised initialised = api.awaitInitialised(LIMIT);
        if (!(initialised instanceof Initialised.Ready)) {
            throw new AssertionError(initialised + ": " + said(sandbox));
        }
        zygote = new Zygote(sandbox, api);
    }

    private static SandboxSpec spec(Path bootstrap, Path task) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AWS_LAMBDA_RUNTIME_API", Sandbox.RUNTIME_API_ADDRESS);
        environment.put("LAMBDA_TASK_ROOT", "/var/task");
        environment.put("_HANDLER", "app.handler");
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "the zygote's");
        environment.put("PYTHONPATH", Bootstraps.TARGET);
        environment.put("PATH", "/usr/bin:/bin");
        return new SandboxSpec(
                        "fork",
                        List.of("/usr/bin/python3", Bootstraps.TARGET + "/bootstrap.py"),
                        environment,
                        List.of(new Mount(bootstrap, Bootstraps.TARGET), new Mount(task, "/var/task")),
                        "/var/task",
                        ByteSize.ofMib(128),
                        ByteSize.ofMib(512),
                        1.0,
                        64,
                        256,
                        Network.NONE)
                .forking();
    }

    /// Forked, started, and asking for its first event.
    Child fork(String logStream) throws Exception {
        return switch (zygote.fork(logStream, LIMIT)) {
            case Zygote.Forked.Child(Sandbox forked) -> Child.start(forked);
            case Zygote.Forked.CannotFork(String reason) -> throw new AssertionError("cannot fork: " + reason);
            case Zygote.Forked.Failed(String reason) -> throw new AssertionError(reason + ": " + said(sandbox));
        };
    }

    static String said(Sandbox sandbox) {
        byte[] bytes = new byte[10_000];
        int count = sandbox.output().poll(bytes);
        return count <= 0 ? "" : new String(bytes, 0, count, UTF_8);
    }

    @Override
    public void close() {
        zygote.close();
        api.close();
        sandbox.close();
        sandboxes.close();
    }

    record Child(Sandbox sandbox, RuntimeApi api) implements AutoCloseable {
        static Child start(Sandbox sandbox) throws Exception {
            RuntimeApi api = RuntimeApi.serve(sandbox.runtimeApi(), RuntimeApiConfig.DEFAULT, () -> {});
            sandbox.start();
            Child child = new Child(sandbox, api);
            Initialised initialised = api.awaitInitialised(LIMIT);
            if (!(initialised instanceof Initialised.Ready)) {
                throw new AssertionError(initialised + ": " + said(sandbox));
            }
            return child;
        }

        Answer invoke(String payload) {
            return api.invoke(ServedApi.event("id", payload), LIMIT.toNanos());
        }

        /// Has it do something that nobody waits for, because it ends by that.
        void begin(String payload) {
            Thread.startVirtualThread(() -> invoke(payload));
        }

        String result(String payload) {
            if (invoke(payload) instanceof Answer.Response(var body)) {
                return new String(body.bytes(), UTF_8);
            }
            throw new AssertionError("no response: " + said(sandbox));
        }

        @Override
        public void close() {
            api.close();
            sandbox.close();
        }
    }
}
