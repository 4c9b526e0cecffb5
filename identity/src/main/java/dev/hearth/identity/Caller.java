package dev.hearth.identity;

import dev.hearth.model.Scope;

/// Whose request it is, as `GetCallerIdentity` says it.
///
/// @param account  twelve digits
/// @param arn      of the account's root, or of an assumed role's session
/// @param userId   the account, or the role's id and the session's name
/// @param standing by which kind of credentials it came
public record Caller(String account, String arn, String userId, Standing standing) {

    /// What a caller's credentials are.
    public enum Standing {
        /// A configured key, or no credentials at all where none are asked for.
        KEY,
        /// From `GetSessionToken`.
        SESSION,
        /// From `AssumeRole`.
        ASSUMED_ROLE
    }

    /// Whoever holds a key of an account: Hearth has no users, so it is the account itself.
    static Caller ofAccount(Scope scope, String account) {
        return new Caller(account, "arn:" + scope.partition() + ":iam::" + account + ":root", account, Standing.KEY);
    }
}
