package dev.hearth.scheduler;

import dev.hearth.model.Origin;

/// Where the instance of one invocation comes from: of what is ready, what takes least by the version's own figures.
///
/// The order of the rungs is no rule. A fork is cheaper than reading a standby's memory back from swap, unless the
/// version is so small that it is not; a restored checkpoint beats a boot, unless the runtime boots in no time.
public final class Ladder {
    /// From the cheapest by experience on: where figures are equal, the earlier one is taken.
    private static final Origin[] RUNGS = {
        Origin.WARM, Origin.THAW, Origin.FORK, Origin.STEM, Origin.PAGEIN, Origin.RESTORE, Origin.BOOT
    };

    private Ladder() {}

    /// What a version can start from at this moment. A boot is always possible.
    ///
    /// @param warm       idle instances
    /// @param frozen     standbys whose memory is there
    /// @param pagedOut   standbys whose memory was reclaimed
    /// @param zygote     whether there is an initialised process that forks
    /// @param stem       whether there is a booted runtime that belongs to no function yet
    /// @param checkpoint whether there is a checkpoint of an initialised process
    public record Ready(int warm, int frozen, int pagedOut, boolean zygote, boolean stem, boolean checkpoint) {
        /// Nothing but a boot.
        public static final Ready NOTHING = new Ready(0, 0, 0, false, false, false);

        /// Whether an instance can come from `origin` now.
        public boolean has(Origin origin) {
            return switch (origin) {
                case WARM -> warm > 0;
                case THAW -> frozen > 0;
                case PAGEIN -> pagedOut > 0;
                case FORK -> zygote;
                case STEM -> stem;
                case RESTORE -> checkpoint;
                case BOOT -> true;
            };
        }
    }

    /// The origin to take for an invocation.
    public static Origin choose(Ready ready, Figures figures) {
        Origin best = Origin.BOOT;
        long least = Long.MAX_VALUE;
        for (Origin rung : RUNGS) {
            long takes = figures.nanos(rung);
            if (takes < least && ready.has(rung)) {
                best = rung;
                least = takes;
            }
        }
        return best;
    }
}
