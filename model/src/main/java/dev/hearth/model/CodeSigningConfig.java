package dev.hearth.model;

import java.time.Instant;
import java.util.List;

/// Which signatures code must have; kept and shown, not checked yet.
///
/// @param arn          ends with its id, `csc-` and 17 letters and digits
/// @param description  free text
/// @param publishers   ARNs of signing profile versions, 1 to 20
/// @param policy       `Warn` or `Enforce`
/// @param lastModified when it was last changed
public record CodeSigningConfig(
        String arn, String description, List<String> publishers, String policy, Instant lastModified) {
    public CodeSigningConfig {
        publishers = List.copyOf(publishers);
    }

    /// `csc-…`
    public String id() {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }
}
