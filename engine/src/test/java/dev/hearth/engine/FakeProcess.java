package dev.hearth.engine;

import dev.hearth.model.ByteSize;
import dev.hearth.model.Invocation;
import dev.hearth.model.Payload;
import dev.hearth.runtime.Answer;
import dev.hearth.runtime.HandlerTimes;
import dev.hearth.runtime.Hook;
import dev.hearth.runtime.InitTimes;
import dev.hearth.runtime.Initialised;
import dev.hearth.sandbox.SandboxExit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A function process that is a piece of the test: answers through `handler`, then asks for the next event
/// unless told to linger.
final class FakeProcess implements FunctionProcess {
    private final Runnable ready;
    private final Runnable ended;
    private final Function<Invocation, Answer> handler;
    private final CountDownLatch gone = new CountDownLatch(1);
    final AtomicInteger invocations = new AtomicInteger();
    volatile Initialised initialised = new Initialised.Ready();
    volatile SandboxExit exit = new SandboxExit.Exited(0);
    volatile boolean lingers;
    /// The thread that serves the first request for an event is behind the one that waits for it.
    volatile boolean tellsLate;
    volatile boolean closed;
    volatile boolean frozen;
    /// Was given the time to tell what it has to tell, while it was not frozen.
    volatile boolean settled;
    /// Killed while it is frozen: nobody is told.
    volatile boolean killed;
    /// Whether the host can freeze it.
    volatile boolean freezes = true;
    /// Whether the host has swap for it.
    volatile boolean pages = true;
    volatile boolean hooks;
    /// Holds its initialisation back.
    volatile @Nullable CountDownLatch initialises;
    /// Whether others come first.
    volatile boolean yields;
    volatile Answer hookAnswer = new Answer.Response(new Payload(new byte[0]));
    volatile ByteSize resident = ByteSize.ofMib(20);
    /// What was done to it besides invocations, in order.
    final List<String> events = new CopyOnWriteArrayList<>();

    FakeProcess(Runnable ready, Runnable ended, Function<Invocation, Answer> handler) {
        this.ready = ready;
        this.ended = ended;
        this.handler = handler;
    }

    static Answer echo(Invocation invocation) {
        return new Answer.Response(new Payload(invocation.payload().bytes()));
    }

    @Override
    public Initialised awaitInitialised(Duration limit) {
        CountDownLatch held = initialises;
        if (held != null) {
            await(held);
        }
        if (initialised instanceof Initialised.Ready && !tellsLate) {
            ready.run();
        }
        return initialised;
    }

    @Override
    public void yieldCpus(boolean yields) {
        this.yields = yields;
    }

    @Override
    public Answer invoke(Invocation invocation, long deadlineEpochMillis, long timeoutNanos) {
        if (frozen) {
            throw new AssertionError("an event for a process that is frozen");
        }
        if (invocations.getAndIncrement() == 0 && tellsLate) {
            ready.run();
        }
        Answer answer = handler.apply(invocation);
        if (answer instanceof Answer.Disconnected) {
            die();
        } else if (!(answer instanceof Answer.TimedOut) && !lingers) {
            askForNext();
        }
        return answer;
    }

    /// What the function does once it is done with an event.
    void askForNext() {
        ready.run();
    }

    private static void await(CountDownLatch latch) {
        try {
            boolean _ = latch.await(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// The process ends by itself.
    void die() {
        gone.countDown();
        ended.run();
    }

    @Override
    public HandlerTimes handlerTimes(String requestId) {
        return HandlerTimes.UNKNOWN;
    }

    @Override
    public InitTimes initTimes() {
        return InitTimes.UNKNOWN;
    }

    @Override
    public boolean hasHooks() {
        return hooks;
    }

    @Override
    public Answer runHooks(Hook hook, Duration limit) {
        events.add(hook.name());
        return hookAnswer;
    }

    @Override
    public boolean isAlive() {
        return !killed && gone.getCount() > 0;
    }

    @Override
    public void settle() {
        settled |= !frozen;
    }

    @Override
    public boolean freeze() {
        events.add("freeze");
        frozen = freezes;
        return freezes;
    }

    @Override
    public void thaw() {
        events.add("thaw");
        frozen = false;
    }

    @Override
    public ByteSize pageOut() {
        events.add("pageOut");
        if (!pages) {
            return ByteSize.ofBytes(0);
        }
        ByteSize moved = resident;
        resident = ByteSize.ofMib(1);
        return moved;
    }

    @Override
    public void pageIn() {
        events.add("pageIn");
        resident = ByteSize.ofMib(20);
    }

    @Override
    public ByteSize residentMemory() {
        return resident;
    }

    @Override
    public void drainOutput() {}

    @Override
    public Optional<SandboxExit> awaitExit(Duration limit) {
        try {
            return gone.await(limit.toMillis(), TimeUnit.MILLISECONDS) ? Optional.of(exit) : Optional.empty();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public ByteSize peakMemory() {
        return ByteSize.ofMib(42);
    }

    @Override
    public void close() {
        closed = true;
        gone.countDown();
    }
}
