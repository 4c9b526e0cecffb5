package dev.hearth.engine;

import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import dev.hearth.runtime.Answer;
import dev.hearth.scheduler.Figures;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Launches [FakeProcess]es; a test may hold them back with `gate` and change each with `prepare`.
final class FakeLauncher implements ProcessLauncher {
    final List<FakeProcess> processes = new CopyOnWriteArrayList<>();
    /// The versions of `processes`.
    final List<String> versions = new CopyOnWriteArrayList<>();
    volatile Function<Invocation, Answer> handler = FakeProcess::echo;
    volatile Consumer<FakeProcess> prepare = process -> {};
    volatile @Nullable Semaphore gate;
    volatile @Nullable String refusal;
    volatile @Nullable Stems stems;

    @Override
    public Launched launch(FunctionVersion version, Figures figures, InstanceLog log, Runnable ready, Runnable ended) {
        Semaphore held = gate;
        if (held != null) {
            held.acquireUninterruptibly();
        }
        String reason = refusal;
        if (reason != null) {
            return new Launched.Failed(new StartFailure.HostFailed(reason, null));
        }
        FakeProcess process = new FakeProcess(ready, ended, handler);
        prepare.accept(process);
        versions.add(version.version());
        processes.add(process);
        return new Launched.Running(process);
    }

    @Override
    public Optional<Stems> stems() {
        return Optional.ofNullable(stems);
    }
}
