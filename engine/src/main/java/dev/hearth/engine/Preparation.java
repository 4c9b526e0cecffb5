package dev.hearth.engine;

import dev.hearth.model.FunctionVersion;
import java.util.Optional;

/// What has to be done before a version can be started for the first time.
interface Preparation {
    /// Does it; blocking.
    ///
    /// @return empty when the version can run; else why it cannot, in words that name the remedy
    Optional<Problem> prepare(FunctionVersion version);

    /// Why a version cannot run.
    ///
    /// @param reasonCode AWS's `StateReasonCode`
    record Problem(String reasonCode, String reason) {}
}
