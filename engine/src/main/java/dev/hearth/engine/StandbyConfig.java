package dev.hearth.engine;

import dev.hearth.model.ByteSize;
import java.time.Duration;

/// Which instances are kept ready that nobody has asked for.
///
/// @param enabled      whether functions are initialised when they are deployed, and spares kept; a function's tag
///                     `hearth:init` = `lazy` turns it off for that function
/// @param freezeAfter  how long an instance idles before it is frozen
/// @param pageOutAfter how long a standby is frozen before its memory goes to swap, where nothing is known of its
///                     function's habits
/// @param resident     as long as all standbys hold no more of the machine's memory together, none of it goes to swap:
///                     what nobody else needs makes nobody wait
/// @param memory       what all instances that run no invocation may hold of the machine's memory together; beyond it
///                     those that are worth least end
public record StandbyConfig(
        boolean enabled, Duration freezeAfter, Duration pageOutAfter, ByteSize resident, ByteSize memory) {

    /// What a Hearth without configuration does on this machine: standbys hold an eighth of its memory for sure, and
    /// half of it at most.
    public static StandbyConfig defaults() {
        long total = MachineMemory.read().total();
        return new StandbyConfig(
                true,
                Duration.ofSeconds(2),
                Duration.ofMinutes(15),
                ByteSize.ofBytes(total / 8),
                ByteSize.ofBytes(total / 2));
    }

    /// Nothing is started before somebody waits for it, and nothing is frozen.
    static StandbyConfig off() {
        ByteSize all = ByteSize.ofBytes(Long.MAX_VALUE);
        return new StandbyConfig(false, Duration.ofDays(1), Duration.ofDays(1), all, all);
    }
}
