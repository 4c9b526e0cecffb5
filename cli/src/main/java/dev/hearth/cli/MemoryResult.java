package dev.hearth.cli;

import java.util.OptionalLong;

/// What was measured with one memory size.
///
/// @param cold    a boot, with init and the first run; empty where it cannot be forced here
/// @param parked  a thaw of a frozen instance and a run; empty where it cannot be forced here
/// @param warm    a run of the handler in an idle instance; empty where the function failed
/// @param failure why there are no figures; empty where there are
record MemoryResult(int memoryMb, OptionalLong cold, OptionalLong parked, OptionalLong warm, String failure) {

    static MemoryResult of(int memoryMb, ColdSamples boot, ColdSamples thaw, ColdSamples warm) {
        long[] runs = warm.reports().stream()
                .map(StartReport::handlerNanos)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .toArray();
        return new MemoryResult(
                memoryMb,
                boot.firstResponse().at(0.5),
                thaw.firstResponse().at(0.5),
                Percentiles.of(runs).at(0.5),
                runs.length == 0 ? "no warm invocation: " + warm.unavailable() : "");
    }

    static MemoryResult failed(int memoryMb, String why) {
        OptionalLong none = OptionalLong.empty();
        return new MemoryResult(memoryMb, none, none, none, why);
    }

    boolean isMeasured() {
        return warm.isPresent();
    }
}
