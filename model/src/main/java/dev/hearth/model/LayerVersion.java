package dev.hearth.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One immutable version of a layer.
public record LayerVersion(
        LayerArn layer,
        long version,
        String description,
        CodeRef code,
        List<String> compatibleRuntimes,
        List<Architecture> compatibleArchitectures,
        Optional<String> licenseInfo,
        Instant created) {
    public LayerVersion {
        compatibleRuntimes = List.copyOf(compatibleRuntimes);
        compatibleArchitectures = List.copyOf(compatibleArchitectures);
    }

    public String arn() {
        return layer.version(version);
    }
}
