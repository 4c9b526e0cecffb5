package dev.hearth.lambdaapi;

import dev.hearth.model.Clock;
import dev.hearth.model.CodeRef;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Links to packages that hold for ten minutes: signed with a key that is made at start and never leaves memory.
public final class CodeLinks {
    /// Where [CodeDownload] is to be served.
    public static final String PATH = "/_hearth/code/";

    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Clock clock;

    public CodeLinks(Clock clock) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, ALGORITHM);
        this.clock = clock;
    }

    /// @param endpoint the URL under which the caller reached this server
    String link(String endpoint, CodeRef code) {
        String expires = Long.toString(clock.now().plus(LIFE).getEpochSecond());
        return endpoint + PATH + code.sha256() + "?expires=" + expires + "&token=" + token(code.sha256(), expires);
    }

    /// Whether a link is one of ours and still holds.
    boolean isGood(String sha256, String expires, String token) {
        boolean genuine = MessageDigest.isEqual(
                token(sha256, expires).getBytes(StandardCharsets.US_ASCII), token.getBytes(StandardCharsets.UTF_8));
        return genuine && Long.parseLong(expires) >= clock.now().getEpochSecond();
    }

    private String token(String sha256, String expires) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal((sha256 + " " + expires).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }
}
