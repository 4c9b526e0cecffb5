package dev.hearth.engine;

import dev.hearth.model.Limits;
import dev.hearth.sandbox.Network;
import java.time.Duration;

/// How the engine runs functions.
///
/// @param limits       what functions may use
/// @param network      what functions can reach that do not say it themselves (tag `hearth:network`)
/// @param maxInstances instances alive at once; beyond it the least recently used idle one ends first
/// @param bootsAtOnce  instances that boot at the same time; more wait their turn
/// @param queueWait    the longest a caller waits for an instance
/// @param patience     how long a caller trusts that the instances there are will serve it in a moment, before another
///                     is started for it whatever the figures say
/// @param drainGrace   how long running invocations may go on after a shutdown began
/// @param standbys     which instances are kept ready that nobody has asked for
/// @param stemsPerKind how many started runtimes are kept that belong to no function yet, for each runtime, memory
///                     size, size of `/tmp` and kind of network that functions have; 0 for none
public record EngineConfig(
        Limits limits,
        Network network,
        int maxInstances,
        int bootsAtOnce,
        Duration queueWait,
        Duration patience,
        Duration drainGrace,
        StandbyConfig standbys,
        int stemsPerKind) {

    /// What a Hearth without configuration does on this machine.
    public static EngineConfig defaults() {
        return new EngineConfig(
                Limits.AWS,
                Network.OUTBOUND,
                Limits.AWS.accountConcurrency(),
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                Duration.ofSeconds(60),
                Duration.ofMillis(50),
                Duration.ofSeconds(20),
                StandbyConfig.defaults(),
                1);
    }
}
