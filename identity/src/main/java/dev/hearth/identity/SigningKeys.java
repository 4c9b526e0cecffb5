package dev.hearth.identity;

import java.util.concurrent.ConcurrentHashMap;

/// Signing keys derived from access keys: they hold for a day and are used for every request. Safe for use by any
/// thread.
final class SigningKeys {
    /// A caller may name any region and service; this many are remembered.
    private static final int MOST = 256;

    private record Derivation(String keyId, SigV4.CredentialScope scope) {}

    private final ConcurrentHashMap<Derivation, byte[]> derived = new ConcurrentHashMap<>();

    byte[] signingKey(AccessKey key, SigV4.CredentialScope scope) {
        var derivation = new Derivation(key.id(), scope);
        byte[] known = derived.get(derivation);
        if (known != null) {
            return known;
        }
        if (derived.size() >= MOST) {
            derived.clear();
        }
        byte[] made = SigV4.signingKey(key.secret(), scope);
        derived.put(derivation, made);
        return made;
    }
}
