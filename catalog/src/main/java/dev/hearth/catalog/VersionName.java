package dev.hearth.catalog;

import dev.hearth.model.FunctionVersion;

/// Which version, without its record.
///
/// @param version `$LATEST` or a number
public record VersionName(String function, String version) {
    static VersionName of(String function, long number) {
        return new VersionName(function, number == 0 ? FunctionVersion.LATEST : Long.toString(number));
    }
}
