package dev.hearth.scheduler;

/// How many instances of one function version to start: for those who wait ([#toStart]), and ahead of those who will
/// come ([#ahead]).
public final class Staffing {
    private Staffing() {}

    /// A wait that no caller notices: two orders of magnitude below what a person does, and less than any
    /// instance takes to boot.
    static final long UNNOTICED_WAIT_NANOS = 2_000_000;

    private static final int RESERVED_PART = 10;

    /// What is known about a version when somebody has to wait for it.
    ///
    /// @param waiting      invocations that found no idle instance
    /// @param starting     instances on their way
    /// @param live         instances that serve: idle, busy or settling
    /// @param settling     those of them that have answered and will be idle in a moment
    /// @param serviceNanos how long an instance is taken by one invocation, on average; 0 while that is unknown
    /// @param patient      whether the waiting have only just come, so that the averages are trusted
    /// @param room         instances that may still be added on this machine
    public record Situation(
            int waiting, int starting, int live, int settling, long serviceNanos, boolean patient, int room) {}

    /// How many instances to have while so many are busy, by the square-root rule of queueing theory (Halfin and Whitt,
    /// 1981): a standing spare, and some more against the fluctuation of what is busy.
    public static int target(int busy) {
        return busy + 1 + (int) Math.ceil(Math.sqrt(busy));
    }

    /// The same for a function whose service time is known. Who finds all instances of a quick function busy is
    /// served by one of them before it notices, so of such a function there are no more than Little's law asks for,
    /// and one standing spare.
    ///
    /// @param serviceNanos how long an instance is taken by one invocation, on average; 0 while that is unknown
    public static int target(int busy, long serviceNanos) {
        if (serviceNanos == 0 || busy == 0) {
            return target(busy);
        }
        return (int) Math.min(target(busy), 1 + instancesFor(busy, serviceNanos));
    }

    /// What is known about a version behind a caller that has just got its instance.
    ///
    /// @param busy         invocations that have an instance
    /// @param waiting      invocations that have none yet
    /// @param instances    all there are, with those on their way
    /// @param serviceNanos how long an instance is taken by one invocation, on average; 0 while that is unknown
    /// @param least        instances there are to be whatever the demand: provisioned, or one for a standby
    /// @param room         instances that may still be added on this machine without ending another
    public record Standing(int busy, int waiting, int instances, long serviceNanos, int least, int room) {}

    /// How many instances may be added that nobody waits for: a tenth of the memory stays free of them. Spares that
    /// take the last of it cost more than they give, because other functions' standbys go to swap for them: in the
    /// simulation two thirds more calls find their instance there.
    ///
    /// @param freeBytes     of the memory for instances
    /// @param totalBytes    the memory for instances
    /// @param instanceBytes what one takes
    public static int roomAhead(long freeBytes, long totalBytes, long instanceBytes) {
        long usable = freeBytes - totalBytes / RESERVED_PART;
        return Math.clamp(usable / Math.max(1, instanceBytes), 0, Integer.MAX_VALUE / 2);
    }

    /// How many instances to start that nobody waits for. While callers wait it is their need that counts
    /// ([#toStart]), and spares would only be in its way.
    ///
    /// @return not negative
    public static int ahead(Standing now) {
        if (now.waiting() > 0) {
            return 0;
        }
        int wanted = Math.max(now.least(), target(now.busy(), now.serviceNanos()));
        return Math.clamp(wanted - now.instances(), 0, Math.max(0, now.room()));
    }

    /// One instance for each waiting invocation that nothing on its way will serve, but no more than keep the wait
    /// unnoticed.
    ///
    /// A settling instance counts as on its way, and a quick function's queue is left to the instances it has:
    /// starting a process takes a thousand times longer than asking for the next event. Instances beyond that
    /// would only take the processor's caches from each other.
    ///
    /// @return not negative
    public static int toStart(Situation now) {
        int unserved = now.waiting() - now.starting() - (now.patient() ? now.settling() : 0);
        int useful = now.patient() ? useful(now) - now.live() - now.starting() : unserved;
        return Math.clamp(Math.min(unserved, useful), 0, Math.max(0, now.room()));
    }

    /// How many instances keep the wait unnoticed, by Little's law.
    private static int useful(Situation now) {
        if (now.serviceNanos() == 0 || now.live() == 0) {
            return Integer.MAX_VALUE / 2;
        }
        return (int)
                Math.min(Integer.MAX_VALUE / 2, instancesFor((long) now.waiting() + now.live(), now.serviceNanos()));
    }

    /// How many instances do the work of so many invocations before anybody notices a wait.
    private static long instancesFor(long invocations, long serviceNanos) {
        return Math.ceilDiv(Math.multiplyExact(invocations, serviceNanos), UNNOTICED_WAIT_NANOS);
    }
}
