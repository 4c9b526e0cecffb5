package dev.hearth.identity;

/// An access key that was configured.
///
/// @param key     what requests are signed with
/// @param account the twelve digits of the account that it acts for
public record KnownKey(AccessKey key, String account) {}
