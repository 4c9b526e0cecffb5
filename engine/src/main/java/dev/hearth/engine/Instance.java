package dev.hearth.engine;

import dev.hearth.model.ByteSize;
import dev.hearth.model.Clock;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Invocation;
import dev.hearth.model.Origin;
import dev.hearth.runtime.Answer;
import dev.hearth.runtime.ExtensionFailure;
import dev.hearth.runtime.HandlerTimes;
import dev.hearth.runtime.InitTimes;
import dev.hearth.runtime.Initialised;
import dev.hearth.runtime.ShutdownReason;
import dev.hearth.runtime.Telemetry;
import dev.hearth.sandbox.SandboxExit;
import dev.hearth.scheduler.Figures;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One initialised runtime of one version: serves one invocation at a time; see [InstanceState] for its life.
///
/// Its state is moved by the thread that boots it, by the caller's thread that runs an invocation on it,
/// and by the Runtime API's thread on which it asks for its next event.
final class Instance {
    private static final Duration EXIT_WAIT = Duration.ofSeconds(5);

    private final String id;
    private final FunctionVersion version;
    private final InstanceLog log;
    private final Clock clock;
    private final Listener listener;
    private final AtomicReference<InstanceState> state = new AtomicReference<>(InstanceState.STARTING);

    /// Written by the booting thread before the instance becomes idle; read by the Runtime API's thread too.
    private volatile @Nullable FunctionProcess process;

    /// The invocation it runs or has just answered; written by the caller's thread.
    private volatile @Nullable Run run;

    /// Whether the process has ended. Written before `run.answered` is read, and read after that was
    /// written, so that of the two threads one sees the other and closes the instance.
    private volatile boolean processEnded;

    private volatile boolean lost;

    /// Whether it has asked for its first event; the Runtime API's threads alone use it, one after the other.
    private volatile boolean initialised;

    private volatile Origin madeFrom = Origin.BOOT;
    private volatile long idleSinceNanos;
    private volatile long initNanos;
    private volatile boolean used;
    private volatile StartTimes startTimes = StartTimes.UNKNOWN;

    private final Parking parking = new Parking();

    /// Whether it leaves the CPU to others while it starts.
    private final AtomicBoolean yields = new AtomicBoolean();

    /// [Worth#clock] when it was used last.
    private volatile double clockAtUse;
    private final AtomicLong uses = new AtomicLong();

    /// Is told about the moves that matter to its pool.
    interface Listener {
        /// It can take an invocation: initialised, or done with the last one.
        void idle(Instance instance);

        /// It is a standby now: frozen, and can take an invocation.
        void frozen(Instance instance);

        /// It is gone. Told once.
        void closed(Instance instance);
    }

    Instance(String id, FunctionVersion version, InstanceLog log, Clock clock, Listener listener) {
        this.id = id;
        this.version = version;
        this.log = log;
        this.clock = clock;
        this.listener = listener;
    }

    String id() {
        return id;
    }

    /// The name of its function.
    String function() {
        return version.name();
    }

    InstanceState state() {
        return state.get();
    }

    /// Whether it can take an invocation.
    boolean isReady() {
        InstanceState now = state.get();
        return now == InstanceState.IDLE || now == InstanceState.FROZEN;
    }

    /// Since when it has been idle, on the monotonic clock.
    long idleSinceNanos() {
        return idleSinceNanos;
    }

    /// How long the invocation that ended last had taken it: from being assigned to asking for the next event;
    /// 0 before the first.
    long takenNanos() {
        Run latest = run;
        return latest == null ? 0 : idleSinceNanos - latest.beganNanos();
    }

    /// What happened when while it started.
    StartTimes startTimes() {
        return startTimes;
    }

    /// Whether it can be made a standby on this host, as far as is known.
    boolean canPark() {
        return parking.isPossible();
    }

    /// Whether its memory was moved to swap.
    boolean pagedOut() {
        return parking.isPagedOut();
    }

    /// What it was stamped with when it was used last.
    double clockAtUse() {
        return clockAtUse;
    }

    /// It was just used, or made.
    void stamp(double worthClock) {
        clockAtUse = worthClock;
    }

    /// How many invocations it has had.
    long uses() {
        return uses.get();
    }

    /// How much of the machine's memory it held when that was last looked at.
    ByteSize resident() {
        return parking.resident();
    }

    /// What it was made from.
    Origin madeFrom() {
        return madeFrom;
    }

    /// How long its runtime and the function's own initialisation took.
    long initNanos() {
        return initNanos;
    }

    /// Whether it has been given an invocation before.
    boolean used() {
        return used;
    }

    /// Whether its process ended without having been told to.
    boolean diedByItself() {
        return lost;
    }

    byte[] logTail() {
        return log.tail();
    }

    /// Starts the process and waits until it has asked for its first event.
    ///
    /// @param figures    what starts of its version take
    /// @param background whether it leaves the CPU to others until then, or until somebody says [#hurry]
    /// @return empty when it is idle now; else why it could not be started, and it is closed
    Optional<StartFailure> boot(ProcessLauncher launcher, Figures figures, Duration initLimit, boolean background) {
        long began = clock.nanos();
        return switch (launcher.launch(version, figures, log, this::ready, this::ended)) {
            case ProcessLauncher.Launched.Running(FunctionProcess started, Origin from) -> {
                process = started;
                madeFrom = from;
                long sandboxReady = clock.nanos();
                if (background) {
                    yields.set(true);
                    started.yieldCpus(true);
                }
                Initialised how = started.awaitInitialised(initLimit);
                if (background) {
                    started.yieldCpus(false);
                }
                long initDone = clock.nanos();
                initNanos = initDone - began;
                InitTimes told = started.initTimes();
                startTimes = StartTimes.of(sandboxReady, told, initDone);
                yield initialised(how, initLimit);
            }
            case ProcessLauncher.Launched.Failed(StartFailure failure) -> {
                close();
                yield Optional.of(failure);
            }
        };
    }

    /// Somebody waits for it: where it starts in the background, it does no longer.
    void hurry() {
        if (yields.compareAndSet(true, false)) {
            process().yieldCpus(false);
        }
    }

    private Optional<StartFailure> initialised(Initialised how, Duration initLimit) {
        return switch (how) {
            case Initialised.Ready() -> {
                becomeIdle(InstanceState.STARTING);
                yield Optional.empty();
            }
            case Initialised.Failed(String type, var payload) -> failed(new StartFailure.InitFailed(type, payload));
            case Initialised.TimedOut() -> failed(new StartFailure.InitTimedOut(initLimit));
            case Initialised.Disconnected() ->
                failed(extensionFailure()
                        .<StartFailure>map(StartFailure.ExtensionFailed::new)
                        .orElseGet(() -> StartFailure.of(exit())));
        };
    }

    private Optional<StartFailure> failed(StartFailure failure) {
        process().drainOutput();
        log.flush();
        log.event(ReportLine.initFailed(initNanos, failure.label()));
        close(ShutdownReason.FAILURE);
        return Optional.of(failure);
    }

    /// Claims it for one invocation; whoever gets an origin must call [#invoke].
    ///
    /// @return null where it cannot take one; a standby that was found dead ends on a thread of its own
    @Nullable
    Origin claim() {
        if (state.compareAndSet(InstanceState.IDLE, InstanceState.BUSY)) {
            return Origin.WARM;
        }
        if (!state.compareAndSet(InstanceState.FROZEN, InstanceState.BUSY)) {
            return null;
        }
        if (!process().isAlive()) {
            Thread.startVirtualThread(this::abandonAfterAnswer);
            return null;
        }
        return parking.origin();
    }

    /// Ends a standby whose process was killed: it is frozen with those who would have told. For a thread that may
    /// wait.
    void checkAlive() {
        if (!state.compareAndSet(InstanceState.FROZEN, InstanceState.PARKING)) {
            return;
        }
        if (process().isAlive()) {
            leaveParking();
        } else {
            abandonAfterAnswer();
        }
    }

    /// Runs an invocation on the claimed instance and waits for the answer; on the caller's thread.
    ///
    /// @param origin what its caller was told, for the REPORT line
    Answer invoke(Invocation invocation, Origin origin) {
        return invoke(invocation, origin, version.snapStarts() && !used);
    }

    /// @param restored whether the function may count on hooks having run
    private Answer invoke(Invocation invocation, Origin origin, boolean restored) {
        Answer unparked = restored ? parking.goOnRestored(process()) : parking.goOn(process());
        Run mine = new Run(invocation, clock.nanos(), origin.isStart() && !used ? initNanos : 0, origin);
        used = true;
        uses.incrementAndGet();
        run = mine;
        log.begin(ReportLine.start(invocation));
        Telemetry told = process().telemetry();
        if (told != null) {
            told.started(invocation.requestId(), invocation.version().version(), invocation.traceId());
        }
        boolean well = unparked instanceof Answer.Response;
        Answer answer = well ? run(mine) : unparked;
        mine.answered(clock.nanos());
        if (!well && answer instanceof Answer.Error(String type, var _)) {
            // What its hook was to make good again is not good.
            String what = "The hook after unparking failed; the next invocation gets a new instance";
            abandon(ReportLine.said(clock.now(), invocation, what), "error\tError Type: " + type);
        } else if (processEnded && !(answer instanceof Answer.Disconnected)) {
            abandonAfterAnswer();
        }
        return answer;
    }

    /// Has it handle an event that no caller sent, when it is idle; it becomes idle again by itself. Counts as not
    /// used afterwards. Nothing comes of a failure but that the function is as it is.
    void prime(Invocation invocation) {
        if (claim() == null) {
            return;
        }
        Answer answer = invoke(invocation, Origin.WARM, false);
        used = false;
        if (!(answer instanceof Answer.Response || answer instanceof Answer.Error)) {
            abandon(ReportLine.said(clock.now(), invocation, "The priming event was not answered"), "error");
        }
    }

    private Answer run(Run mine) {
        Duration limit = version.settings().timeout();
        long deadline = clock.now().plus(limit).toEpochMilli();
        return process().invoke(mine.invocation(), deadline, limit.toNanos());
    }

    /// Waits a little until those that it has something to tell have heard it. For a thread that may wait, before
    /// [#park]: it can still be claimed.
    void settle() {
        if (state.get() == InstanceState.IDLE) {
            process().settle();
        }
    }

    /// Stops it until it is claimed; its hooks run before the first time. For a thread that may wait, and does nothing
    /// where it is not idle.
    ///
    /// @return `false` where its hooks failed: it is closed then
    boolean park() {
        if (!state.compareAndSet(InstanceState.IDLE, InstanceState.PARKING)) {
            return true;
        }
        if (!parking.park(process(), used)) {
            close();
            return false;
        }
        leaveParking();
        return true;
    }

    /// Lets a standby go on without an invocation. For a thread that may wait.
    void unpark() {
        if (state.compareAndSet(InstanceState.FROZEN, InstanceState.PARKING)) {
            if (parking.goOn(process()) instanceof Answer.Response) {
                leaveParking();
            } else {
                close();
            }
        }
    }

    private void leaveParking() {
        boolean stopped = parking.isStopped();
        if (!state.compareAndSet(InstanceState.PARKING, stopped ? InstanceState.FROZEN : InstanceState.IDLE)) {
            return;
        }
        if (processEnded) {
            abandonAfterAnswer();
        } else if (stopped) {
            listener.frozen(this);
        } else {
            listener.idle(this);
        }
    }

    /// Moves the memory of a standby to swap, as far as there is some; an invocation may come meanwhile.
    void pageOut() {
        if (state.get() == InstanceState.FROZEN) {
            parking.pageOut(process());
        }
    }

    /// Has the memory of a standby read back, because a call is expected.
    void pageIn() {
        if (state.get() == InstanceState.FROZEN) {
            parking.pageIn(process());
        }
    }

    /// Looks at how much of the machine's memory it holds, unless nobody has used it since the last look. For a thread
    /// that may wait.
    void measureIfUsed() {
        FunctionProcess mine = process;
        if (mine != null && state.get() != InstanceState.CLOSED) {
            parking.measureIfUsed(mine, uses.get());
        }
    }

    /// Ends an invocation that the process did not survive, or will not: writes the rest of its log, with
    /// `line` as the reason, and closes the instance.
    ///
    /// @param status what REPORT says: `timeout` or `error`
    void abandon(String line, String status) {
        process().drainOutput();
        log.flush();
        log.event(line);
        Telemetry told = process().telemetry();
        if (told != null) {
            told.fault(line);
        }
        finish(status);
        close(status.equals("timeout") ? ShutdownReason.TIMEOUT : ShutdownReason.FAILURE);
    }

    /// What an extension did that ended it.
    Optional<ExtensionFailure> extensionFailure() {
        return process().extensionFailure();
    }

    /// How the process ended, once it has.
    SandboxExit exit() {
        return process().awaitExit(EXIT_WAIT).orElseGet(SandboxExit.Closed::new);
    }

    /// When the handler ran that answered an event; known until it has answered the next one.
    HandlerTimes handlerTimes(String requestId) {
        return process().handlerTimes(requestId);
    }

    /// Waits until END and REPORT of the latest invocation are written, for callers that want them.
    void awaitReport(Duration limit) {
        Run latest = run;
        if (latest != null) {
            latest.awaitReported(limit);
        }
    }

    /// Whether it answered but has not asked for its next event within the function's time-out.
    boolean overdue() {
        Run latest = run;
        return state.get() == InstanceState.BUSY
                && latest != null
                && latest.isOverdue(version.settings().timeout(), clock.nanos());
    }

    /// Ends it if nothing runs on it.
    boolean closeIfIdle() {
        if (claim() == null) {
            return false;
        }
        close();
        return true;
    }

    /// Ends it, whatever it does. A second call does nothing.
    void close() {
        close(overdue() ? ShutdownReason.TIMEOUT : ShutdownReason.SPINDOWN);
    }

    private void close(ShutdownReason reason) {
        if (state.getAndSet(InstanceState.CLOSED) == InstanceState.CLOSED) {
            return;
        }
        FunctionProcess mine = process;
        if (mine != null) {
            mine.end(reason);
        }
        listener.closed(this);
    }

    /// It asks for an event. The first time that is the booting thread's business, which may be ahead of this
    /// one; later it means that the last invocation is over. On the Runtime API's thread.
    private void ready() {
        if (!initialised) {
            initialised = true;
            return;
        }
        if (state.get() == InstanceState.BUSY) {
            finish("");
            becomeIdle(InstanceState.BUSY);
        }
    }

    private void becomeIdle(InstanceState from) {
        idleSinceNanos = clock.nanos();
        if (state.compareAndSet(from, InstanceState.IDLE)) {
            listener.idle(this);
        }
    }

    /// Its process is gone. While it boots or runs an invocation, the thread that waits for it says why;
    /// otherwise nobody would.
    private void ended() {
        processEnded = true;
        Run latest = run;
        InstanceState now = state.get();
        // Whoever parks it looks for itself when that is done.
        boolean unattended = now == InstanceState.IDLE || now == InstanceState.FROZEN;
        if (unattended || (now == InstanceState.BUSY && latest != null && latest.isAnswered())) {
            abandonAfterAnswer();
        }
    }

    private void abandonAfterAnswer() {
        lost = true;
        abandon(ReportLine.lost(extensionFailure()), "error");
    }

    private void finish(String status) {
        Run latest = run;
        if (latest != null) {
            latest.finish(process(), log, clock.nanos(), status);
        }
    }

    private FunctionProcess process() {
        FunctionProcess mine = process;
        if (mine == null) {
            throw new IllegalStateException("instance " + id + " was not booted");
        }
        return mine;
    }

    @Override
    public String toString() {
        return "Instance[" + id + " of " + version.qualifiedArn() + ", " + state + "]";
    }
}
