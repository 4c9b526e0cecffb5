package dev.hearth.engine;

import dev.hearth.model.ByteSize;
import dev.hearth.model.Origin;
import dev.hearth.model.Payload;
import dev.hearth.runtime.Answer;
import dev.hearth.runtime.Hook;
import java.time.Duration;

/// How far an instance is put away while nobody calls it: stopped, its memory in swap, its hooks run.
///
/// Moved under a state of the instance that keeps all others out, but for paging, which a call may overtake.
/// Every field is read by other threads too.
final class Parking {
    /// As long as AWS gives the hooks of SnapStart after a restore.
    private static final Duration HOOK_LIMIT = Duration.ofSeconds(10);

    private static final Answer WELL = new Answer.Response(new Payload(new byte[0]));

    private volatile boolean stopped;
    private volatile boolean pagedOut;
    /// Nothing of it could be moved to swap since it was stopped: not tried again.
    private volatile boolean unpageable;
    /// Its hooks ran before it was parked, and have to run before its next invocation.
    private volatile boolean hooked;
    /// Whether this host can stop it; found out by the first try.
    private volatile boolean stoppable = true;

    private volatile ByteSize resident = ByteSize.ofBytes(0);
    /// How often it had been used when that was looked at.
    private volatile long measuredAtUses = -1;

    /// Whether its processes are stopped.
    boolean isStopped() {
        return stopped;
    }

    /// Whether its memory went to swap since it was stopped.
    boolean isPagedOut() {
        return pagedOut;
    }

    /// Whether this host can stop it, as far as is known.
    boolean isPossible() {
        return stoppable;
    }

    /// How much of the machine's memory it held when that was last looked at.
    ByteSize resident() {
        return resident;
    }

    /// What an invocation that goes on from here comes from.
    Origin origin() {
        if (!stopped) {
            return Origin.WARM;
        }
        return pagedOut ? Origin.PAGEIN : Origin.THAW;
    }

    /// Runs the hooks that come before parking, where the function has some and it was never used, and stops the
    /// processes where the host can.
    ///
    /// @return `false` where the hooks failed: it is not to be used any more
    boolean park(FunctionProcess process, boolean used) {
        if (!used && !hooked && process.hasHooks()) {
            hooked = true;
            if (!(process.runHooks(Hook.BEFORE_PARK, HOOK_LIMIT) instanceof Answer.Response)) {
                return false;
            }
        }
        pagedOut = false;
        unpageable = false;
        stopped = stoppable && process.freeze();
        stoppable = stopped;
        return true;
    }

    /// Lets the processes go on where they are stopped, and runs the hooks that are due then.
    ///
    /// @return what the hooks answered; a [Answer.Response] where all is well
    Answer goOn(FunctionProcess process) {
        if (stopped) {
            stopped = false;
            pagedOut = false;
            process.thaw();
        }
        if (!hooked) {
            return WELL;
        }
        hooked = false;
        return process.runHooks(Hook.AFTER_UNPARK, HOOK_LIMIT);
    }

    /// The same for a function that was promised that its hooks run before its first invocation, those before a
    /// snapshot and those after a restore, also where it was never parked because its caller waited for it.
    Answer goOnRestored(FunctionProcess process) {
        if (!stopped && !hooked && process.hasHooks()) {
            Answer before = process.runHooks(Hook.BEFORE_PARK, HOOK_LIMIT);
            if (!(before instanceof Answer.Response)) {
                return before;
            }
            hooked = true;
        }
        return goOn(process);
    }

    /// Moves memory to swap, as far as there is some.
    void pageOut(FunctionProcess process) {
        if (pagedOut || unpageable) {
            return;
        }
        pagedOut = true;
        ByteSize moved = process.pageOut();
        measure(process);
        if (moved.bytes() == 0) {
            pagedOut = false;
            unpageable = true;
        }
    }

    /// Has the memory read back that is in swap.
    void pageIn(FunctionProcess process) {
        if (pagedOut) {
            process.pageIn();
            pagedOut = false;
            measure(process);
        }
    }

    /// Looks at how much of the machine's memory it holds, unless that was done after its latest use.
    void measureIfUsed(FunctionProcess process, long uses) {
        if (uses != measuredAtUses) {
            measuredAtUses = uses;
            measure(process);
        }
    }

    private void measure(FunctionProcess process) {
        resident = process.residentMemory();
    }
}
