package dev.hearth.lambdaapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The configured access keys and the signing keys derived from them, which hold for a day and are used for every
/// request. Safe for use by any thread.
final class SigningKeys {
    /// A caller may name any region and service; this many are remembered.
    private static final int MOST = 256;

    private record Derivation(String keyId, SigV4.CredentialScope scope) {}

    private final Map<String, AccessKey> byId;
    private final ConcurrentHashMap<Derivation, byte[]> derived = new ConcurrentHashMap<>();

    SigningKeys(List<AccessKey> keys) {
        this.byId = keys.stream().collect(Collectors.toUnmodifiableMap(AccessKey::id, Function.identity()));
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /// Empty when there is no such access key.
    Optional<byte[]> signingKey(String keyId, SigV4.CredentialScope scope) {
        AccessKey key = byId.get(keyId);
        if (key == null) {
            return Optional.empty();
        }
        var derivation = new Derivation(keyId, scope);
        byte[] known = derived.get(derivation);
        if (known != null) {
            return Optional.of(known);
        }
        if (derived.size() >= MOST) {
            derived.clear();
        }
        byte[] made = SigV4.signingKey(key.secret(), scope);
        derived.put(derivation, made);
        return Optional.of(made);
    }
}
