package dev.hearth.identity;

import dev.hearth.model.Clock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// Gives out temporary credentials and knows them again. Nothing is stored: the session token holds what it stands for
/// under a seal (HMAC-SHA256) that only this data directory's key can make, and the secret key is derived from the
/// same. So they outlive a restart, and their number has no bound. They cannot be called back before they expire.
public final class Sessions {
    /// Of the ids of temporary access keys, as on AWS.
    static final String KEY_PREFIX = "ASIA";

    private static final String SEPARATOR = "\n";
    private static final int FIELDS = 6;
    private static final int SEAL_BYTES = 32;

    /// 40 characters of Base64, as AWS's secrets have.
    private static final int SECRET_BYTES = 30;

    /// Longer than any token of ours.
    private static final int TOKEN_MAX = 2_048;

    private final SealingKey key;
    private final Clock clock;

    public Sessions(SealingKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    TemporaryCredentials issue(Caller caller, Duration life) {
        Instant expires = clock.now().plus(life).truncatedTo(ChronoUnit.SECONDS);
        var session = new Session(Ids.next(KEY_PREFIX, 16), caller, expires);
        byte[] content = content(session);
        byte[] sealed = Arrays.copyOf(content, content.length + SEAL_BYTES);
        System.arraycopy(key.seal("token", content), 0, sealed, content.length, SEAL_BYTES);
        return new TemporaryCredentials(
                new AccessKey(session.keyId(), secret(session)),
                Base64.getEncoder().encodeToString(sealed),
                expires);
    }

    /// What a token stands for, expired or not; empty when it is not of this Hearth.
    Optional<Session> open(String token) {
        if (token.length() > TOKEN_MAX) {
            return Optional.empty();
        }
        byte[] sealed;
        try {
            sealed = Base64.getDecoder().decode(token);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty(); // tokens of others are of any form
        }
        int length = sealed.length - SEAL_BYTES;
        if (length <= 0) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOf(sealed, length);
        byte[] seal = Arrays.copyOfRange(sealed, length, sealed.length);
        return MessageDigest.isEqual(seal, key.seal("token", content))
                ? Optional.of(session(content))
                : Optional.empty();
    }

    boolean isOver(Session session) {
        return !clock.now().isBefore(session.expires());
    }

    String secret(Session session) {
        byte[] derived = key.seal("secret", content(session));
        return Base64.getEncoder().encodeToString(Arrays.copyOf(derived, SECRET_BYTES));
    }

    private static byte[] content(Session session) {
        Caller caller = session.caller();
        return String.join(
                        SEPARATOR,
                        session.keyId(),
                        caller.account(),
                        caller.arn(),
                        caller.userId(),
                        caller.standing().name(),
                        Long.toString(session.expires().getEpochSecond()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Session session(byte[] content) {
        String[] fields = new String(content, StandardCharsets.UTF_8).split(SEPARATOR, FIELDS);
        var caller = new Caller(fields[1], fields[2], fields[3], Caller.Standing.valueOf(fields[4]));
        return new Session(fields[0], caller, Instant.ofEpochSecond(Long.parseLong(fields[5])));
    }
}
