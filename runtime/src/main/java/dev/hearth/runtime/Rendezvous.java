package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.model.Payload;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Where one caller with an event and one function that asks for events meet. Holds no socket: callers enter with
/// [#invoke], connections with [#poll], [#beginAnswer] and [#answer].
///
/// The monitor guards all fields and is held for a few instructions only; nothing is read, written or awaited with
/// it but the end of initialisation and of hooks.
@SuppressWarnings("ReferenceEquality") // an event stands for its invocation: another with equal fields is another
final class Rendezvous {
    /// What a request for the next event leads to.
    sealed interface Turn {
        /// The connection is noted: the event will be written to it when there is one.
        ///
        /// @param idle the function has become idle by this request
        record Wait(boolean idle) implements Turn {}

        /// An event waits already: write it now.
        record Deliver(RuntimeEvent event) implements Turn {}

        /// It came at the wrong time.
        record Refused(RuntimeState state) implements Turn {}
    }

    /// What the announcement of an answer leads to.
    sealed interface Admission {
        /// Read it and hand it over with this event.
        record Admitted(RuntimeEvent event) implements Admission {}

        /// It is not for the event that the function has.
        record WrongId() implements Admission {}

        /// It came at the wrong time.
        record Refused(RuntimeState state) implements Admission {}
    }

    /// A caller that waits. An object of its own for each: the function may ask for its next event, and another
    /// caller hand it over, before this one has run again.
    private static final class Call {
        private final Thread caller = Thread.currentThread();
        /// Volatile: the caller looks at it without the monitor after being woken.
        private volatile @Nullable Answer answer;
    }

    private static final Turn BECAME_IDLE = new Turn.Wait(true);
    private static final Turn WAS_IDLE = new Turn.Wait(false);
    private static final Answer NOTHING_TO_DO = new Answer.Response(Payload.EMPTY);
    /// A streamed answer whose end never came: what is there of it cannot be taken back.
    private static final Answer TRUNCATED = new Answer.Error(
            "Runtime.TruncatedResponse",
            new Payload("{\"errorType\":\"Runtime.TruncatedResponse\",\"errorMessage\":\"Response stream ended early\"}"
                    .getBytes(UTF_8)));
    private static final Admission WRONG_ID = new Admission.WrongId();

    private final Deque<EventSink> sinks = new ArrayDeque<>();
    private RuntimeState state = RuntimeState.STARTED;
    private @Nullable Initialised initialised;
    private @Nullable RuntimeEvent event;
    private @Nullable EventSink deliveredTo;
    private int deliveries;
    private String answeredId = "";
    private boolean closed;
    private @Nullable Call call;
    /// The function has run hooks and not asked for an event since.
    private boolean hooksRan;

    /// A part of the current event's answer has gone to the caller, and no more of it will.
    private boolean brokenOff;

    /// Somebody wants to know of answers.
    private boolean observed;

    private long begunNanos;
    private @Nullable Finished finished;

    private boolean hasHooks;
    private InitTimes initTimes = InitTimes.UNKNOWN;
    private long deliveredNanos;
    private long handlerStart;
    private long handlerEnd;
    /// Whose times these are.
    private String handledId = "";

    /// Hands an event to the function, at once where it waits for one, else when it asks, and waits for its answer.
    Answer invoke(RuntimeEvent newEvent, long timeoutNanos) {
        long deadline = System.nanoTime() + timeoutNanos;
        Call mine = new Call();
        EventSink sink = begin(newEvent, mine);
        if (sink != null) {
            sink.deliver(newEvent);
        }
        boolean interrupted = false;
        Answer result = mine.answer;
        while (result == null) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                giveUp(newEvent);
            } else {
                LockSupport.parkNanos(this, left);
                interrupted |= Thread.interrupted(); // a pending interrupt would turn the wait into a busy loop
            }
            result = mine.answer;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return result;
    }

    /// Has the function run its hooks, which are an event for it like any other, and waits until it asks again.
    Answer runHooks(Hook hook, Duration limit) {
        if (!hasHooks()) {
            return NOTHING_TO_DO;
        }
        long deadline = System.nanoTime() + limit.toNanos();
        long deadlineMillis = System.currentTimeMillis() + limit.toMillis();
        Answer answer = invoke(RuntimeEvent.of(hook, deadlineMillis), limit.toNanos());
        return answer instanceof Answer.Response ? awaitAsking(answer, deadline) : answer;
    }

    private synchronized Answer awaitAsking(Answer answer, long deadline) {
        boolean asks = await(() -> !hooksRan || closed, deadline);
        if (closed) {
            return new Answer.Disconnected();
        }
        return asks ? answer : new Answer.TimedOut();
    }

    private synchronized @Nullable EventSink begin(RuntimeEvent newEvent, Call mine) {
        if (event != null) {
            throw new IllegalStateException("an instance runs one invocation at a time; " + newEvent.requestId()
                    + " came while another was running");
        }
        mine.answer = closed ? new Answer.Disconnected() : initFailure();
        if (mine.answer != null) {
            return null;
        }
        event = newEvent;
        call = mine;
        deliveries = 0;
        deliveredTo = null;
        // The newest: older ones may belong to a client that gave up on them.
        EventSink sink = sinks.pollLast();
        if (sink != null) {
            delivering(sink);
        }
        return sink;
    }

    private @Nullable Answer initFailure() {
        return initialised instanceof Initialised.Failed failed
                ? new Answer.Error(failed.errorType(), failed.payload())
                : null;
    }

    private void delivering(EventSink sink) {
        if (deliveries++ == 0) {
            deliveredNanos = System.nanoTime();
        }
        deliveredTo = sink;
        sink.claimed();
    }

    private synchronized void giveUp(RuntimeEvent expected) {
        if (event == expected) {
            settle(new Answer.TimedOut());
        }
    }

    /// A connection asks for the next event.
    synchronized Turn poll(EventSink sink) {
        switch (state) {
            case INIT_ERROR, RESPONSE, ERROR_RESPONSE -> {
                return new Turn.Refused(state);
            }
            case STARTED, READY, SENT -> {
                // A second request while an event is out gets that event again, as on AWS: the first may have been
                // lost.
            }
        }
        if (brokenOff) {
            settle(TRUNCATED);
        }
        // Of the end of hooks nobody needs to hear but who had them run.
        boolean wasIdle = state == RuntimeState.READY || hooksRan;
        state = RuntimeState.READY;
        initialised(new Initialised.Ready());
        if (hooksRan) {
            hooksRan = false;
            notifyAll();
        }
        if (event != null) {
            delivering(sink);
            return new Turn.Deliver(event);
        }
        sinks.addLast(sink);
        return wasIdle ? WAS_IDLE : BECAME_IDLE;
    }

    /// A connection announces an answer, `to` being RESPONSE or ERROR_RESPONSE. One that is admitted must end in
    /// [#answer] or [#abandonAnswer].
    synchronized Admission beginAnswer(String requestId, RuntimeState to) {
        if (event == null || deliveries == 0 || !event.requestId().equals(requestId)) {
            return state == RuntimeState.SENT && requestId.equals(answeredId) ? new Admission.Refused(state) : WRONG_ID;
        }
        if (state != RuntimeState.READY) {
            return new Admission.Refused(state);
        }
        if (brokenOff && to == RuntimeState.RESPONSE) {
            return new Admission.Refused(RuntimeState.RESPONSE);
        }
        state = to;
        if (observed) {
            begunNanos = System.nanoTime();
        }
        return new Admission.Admitted(event);
    }

    /// The function tells of itself; what it does not tell stays as it is. Only the first times count: a function
    /// is initialised once.
    synchronized void introduce(boolean withHooks, InitTimes times) {
        hasHooks |= withHooks;
        if (initialised == null) {
            initTimes = times.until(System.nanoTime());
        }
    }

    /// Whether the end of its initialisation is known, good or bad.
    synchronized boolean isInitialised() {
        return initialised != null;
    }

    synchronized boolean hasHooks() {
        return hasHooks;
    }

    synchronized InitTimes initTimes() {
        return initTimes;
    }

    /// From now on [#finished] is known.
    synchronized void observe() {
        observed = true;
    }

    /// The latest answer; null before the first that was observed.
    synchronized @Nullable Finished finished() {
        return finished;
    }

    /// Of an event, until the next one is answered.
    synchronized HandlerTimes handlerTimes(String requestId) {
        return handledId.equals(requestId) ? new HandlerTimes(handlerStart, handlerEnd) : HandlerTimes.UNKNOWN;
    }

    /// Hands the answer to an event to its caller.
    ///
    /// @param start when the handler began, as the function tells; here and for `end`, what cannot be is ignored
    /// @return false where the caller has gone
    boolean answer(RuntimeEvent answered, Answer newAnswer, long start, long end) {
        @Nullable Thread waiting;
        synchronized (this) {
            if (event != answered) {
                return false;
            }
            if (deliveries == 1 && deliveredTo != null) {
                deliveredTo.drained();
            }
            handled(answered.requestId(), start, end);
            waiting = settleQuietly(newAnswer);
        }
        LockSupport.unpark(waiting);
        return true;
    }

    private void handled(String requestId, long start, long end) {
        handledId = requestId;
        long now = System.nanoTime();
        handlerStart = start >= deliveredNanos && start <= now ? start : deliveredNanos;
        handlerEnd = end >= handlerStart && end <= now ? end : now;
    }

    /// The answer that was announced did not arrive; it may be sent again.
    synchronized void abandonAnswer(RuntimeEvent answered) {
        if (event == answered) {
            state = RuntimeState.READY;
        }
    }

    /// A streamed answer ended without its end. The process may have crashed, which is told when it is seen; else the
    /// function may say what happened; else it asks for its next event.
    synchronized void breakOff(RuntimeEvent answered) {
        if (event == answered) {
            state = RuntimeState.READY;
            brokenOff = true;
        }
    }

    private void settle(Answer newAnswer) {
        LockSupport.unpark(settleQuietly(newAnswer));
    }

    /// Ends the current call without waking its caller, who is returned.
    private @Nullable Thread settleQuietly(Answer newAnswer) {
        Call ended = call;
        if (event != null) {
            answeredId = event.requestId();
            hooksRan = event.hook().isPresent();
            if (observed) {
                finished = new Finished(answeredId, newAnswer, deliveredNanos, begunNanos, System.nanoTime());
            }
        }
        event = null;
        brokenOff = false;
        deliveredTo = null;
        call = null;
        state = RuntimeState.SENT;
        if (ended == null) {
            return null;
        }
        ended.answer = newAnswer;
        return ended.caller;
    }

    /// The function reports that it could not initialise itself; the state it was in before where that is not
    /// possible any more.
    synchronized Optional<RuntimeState> initError(String errorType, Payload payload) {
        if (state != RuntimeState.STARTED || closed) {
            return Optional.of(state);
        }
        initialised(new Initialised.Failed(errorType, payload));
        if (event != null) {
            settle(new Answer.Error(errorType, payload));
        }
        state = RuntimeState.INIT_ERROR;
        return Optional.empty();
    }

    /// Waits until the function has initialised itself, or not.
    synchronized Initialised awaitInitialised(Duration limit) {
        await(() -> initialised != null, System.nanoTime() + limit.toNanos());
        return initialised == null ? new Initialised.TimedOut() : initialised;
    }

    /// Waits with the monitor; false where the condition is still not met at the deadline.
    private synchronized boolean await(BooleanSupplier condition, long deadline) {
        boolean interrupted = false;
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
            } catch (InterruptedException e) {
                interrupted = true; // told to whoever waits next; this wait has a limit of its own
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return condition.getAsBoolean();
    }

    private void initialised(Initialised how) {
        if (initialised == null) {
            initialised = how;
            notifyAll();
        }
    }

    /// A connection has ended.
    synchronized void forget(EventSink sink) {
        sinks.remove(sink);
    }

    /// Ends every wait, now and later.
    synchronized void close() {
        closed = true;
        sinks.clear();
        initialised(new Initialised.Disconnected());
        notifyAll();
        if (event != null) {
            settle(new Answer.Disconnected());
        }
    }
}
