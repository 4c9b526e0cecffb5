package dev.hearth.cli;

import java.util.List;
import java.util.stream.Stream;

/// What a dependency costs a start.
///
/// @param modules    how many modules or classes of it were loaded
/// @param selfNanos  what those took
/// @param totalNanos the same with all they were the first to load
/// @param savedNanos what the start would take less without it: its own, and what nothing else asks for
/// @param places     where the function's own code asks for it; none where only others do
/// @param others     which other dependencies ask for it
/// @param firstCall  whether nothing of it was loaded before the first call
record DependencyCost(
        Owner owner,
        int modules,
        long selfNanos,
        long totalNanos,
        long savedNanos,
        List<String> places,
        List<String> others,
        boolean firstCall) {

    DependencyCost {
        places = List.copyOf(places);
        others = List.copyOf(others);
    }

    /// All who ask for it, the function's own code first.
    List<String> askedForBy() {
        return Stream.concat(places.stream(), others.stream()).toList();
    }
}
