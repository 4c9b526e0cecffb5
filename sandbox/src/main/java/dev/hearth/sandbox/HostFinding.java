package dev.hearth.sandbox;

/// What was found of one protection.
///
/// @param detail what was seen: a version, a path, or the reason why it does not work
public record HostFinding(Protection protection, boolean present, String detail) {
    /// One line on a missing protection: what is missing, why, what follows, what to do.
    public String explanation() {
        return protection.label() + ": " + detail + "; " + protection.consequence() + "; " + protection.remedy();
    }
}
