package dev.hearth.identity;

import dev.hearth.http.Request;
import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Everyone who may call: configured access keys, and temporary credentials that were given out. Without configured
/// keys that is everyone: who names an account's twelve digits as its access key is that account, as with other local
/// AWS services, and who does not is the default account.
public final class Callers {
    private static final int ACCOUNT_DIGITS = 12;

    private final Map<String, KnownKey> keys;
    private final Sessions sessions;
    private final Scope scope;

    /// @param keys  the configured keys; empty lets everyone call
    /// @param scope its account is that of callers without a key
    public Callers(List<KnownKey> keys, Sessions sessions, Scope scope) {
        this.keys = keys.stream()
                .collect(Collectors.toUnmodifiableMap(known -> known.key().id(), Function.identity()));
        this.sessions = sessions;
        this.scope = scope;
    }

    /// Whether requests must be signed.
    boolean areChecked() {
        return !keys.isEmpty();
    }

    /// The key that a signature claims to be made with.
    ///
    /// @throws ApiException in AWS's words when there is none, or it has expired
    AccessKey key(ClaimedSignature claimed) {
        KnownKey known = keys.get(claimed.keyId());
        if (known != null) {
            return known.key();
        }
        Session session = session(claimed)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.UNRECOGNIZED_CLIENT, "The security token included in the request is invalid."));
        if (sessions.isOver(session)) {
            throw new ApiException(ErrorCode.EXPIRED_TOKEN, "The security token included in the request is expired");
        }
        return new AccessKey(session.keyId(), sessions.secret(session));
    }

    /// Whose signature it is, as far as it says; that it is true is [SignatureCheck]'s business.
    public Caller of(ClaimedSignature claimed) {
        KnownKey known = keys.get(claimed.keyId());
        if (known != null) {
            return Caller.ofAccount(scope, known.account());
        }
        return session(claimed)
                .map(Session::caller)
                .orElseGet(() -> Caller.ofAccount(scope, namedAccount(claimed.keyId())));
    }

    /// Who calls without a signature, where none is asked for.
    Caller unsigned() {
        return Caller.ofAccount(scope, scope.account());
    }

    /// The account whose request it is, behind [SignatureCheck].
    public String account(Request request) {
        if (areChecked()) {
            // Read as the check has read it, or a header that can be read in two ways would open another's account.
            return of(ClaimedSignature.of(request)).account();
        }
        // Asked of every request, so without looking closer than it takes.
        String keyId = ClaimedSignature.keyId(request);
        return keyId.startsWith(Sessions.KEY_PREFIX)
                ? ClaimedSignature.ifAny(request)
                        .map(this::of)
                        .orElseGet(this::unsigned)
                        .account()
                : namedAccount(keyId);
    }

    /// Only where nobody is checked: else no key is unknown.
    private String namedAccount(String keyId) {
        return !areChecked() && isAccount(keyId) ? keyId : scope.account();
    }

    /// Twelve digits; asked of every request, so without a pattern.
    private static boolean isAccount(String text) {
        return text.length() == ACCOUNT_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private Optional<Session> session(ClaimedSignature claimed) {
        return claimed.token()
                .flatMap(sessions::open)
                .filter(session -> session.keyId().equals(claimed.keyId()));
    }
}
