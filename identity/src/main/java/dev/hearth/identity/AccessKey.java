package dev.hearth.identity;

/// A caller's AWS access key.
///
/// @param id     as callers name it: `AKIA…`
/// @param secret what they sign with; never printed
public record AccessKey(String id, String secret) {
    @Override
    public String toString() {
        return "AccessKey[" + id + "]";
    }
}
