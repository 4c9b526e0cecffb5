package dev.hearth.catalog;

import dev.hearth.model.FunctionVersion;

/// How many instances of a version are to be kept initialised, all its aliases together.
public record ProvisionedVersion(FunctionVersion version, int instances) {}
