package dev.hearth.engine;

import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Payload;
import java.util.Optional;

/// What has to be done before a version can be started for the first time.
interface Preparation {
    /// Does it; blocking.
    ///
    /// @return empty when the version can run; else why it cannot, in words that name the remedy
    Optional<Problem> prepare(FunctionVersion version);

    /// The version may be called though nothing stands by for it: has that ready which its instances share with those
    /// of other functions. Returns soon, and never throws.
    default void expect(FunctionVersion version) {}

    /// Makes what later starts of the version are faster with, where something helps and is not there yet. Takes
    /// seconds and one CPU; starts meanwhile go without it. Never throws: what does not succeed is logged.
    ///
    /// @return whether it was made now: instances that run already would be better ones if they were started anew
    default boolean train(FunctionVersion version) {
        return false;
    }

    /// The event that standbys of the version handle before they are parked; empty where its package has none.
    default Optional<Payload> primingEvent(FunctionVersion version) {
        return Optional.empty();
    }

    /// Why a version cannot run.
    ///
    /// @param reasonCode AWS's `StateReasonCode`
    record Problem(String reasonCode, String reason) {}
}
