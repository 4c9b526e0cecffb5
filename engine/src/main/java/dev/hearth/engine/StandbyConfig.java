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
/// @param memory       what all instances that run no invocation may hold of the machine's memory together; beyond it
///                     those that are worth least end
public record StandbyConfig(boolean enabled, Duration freezeAfter, Duration pageOutAfter, ByteSize memory) {

    /// What a Hearth without configuration does on this machine: half of its memory.
    public static StandbyConfig defaults() {
        return new StandbyConfig(
                true,
                Duration.ofSeconds(2),
                Duration.ofMinutes(15),
                ByteSize.ofBytes(MachineMemory.read().total() / 2));
    }

    /// Nothing is started before somebody waits for it, and nothing is frozen.
    static StandbyConfig off() {
        return new StandbyConfig(false, Duration.ofDays(1), Duration.ofDays(1), ByteSize.ofBytes(Long.MAX_VALUE));
    }
}
