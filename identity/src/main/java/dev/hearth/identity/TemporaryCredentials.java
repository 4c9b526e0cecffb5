package dev.hearth.identity;

import java.time.Instant;

/// Credentials as STS gives them out; never printed.
record TemporaryCredentials(AccessKey key, String token, Instant expires) {
    @Override
    public String toString() {
        return "TemporaryCredentials[" + key.id() + "]";
    }
}
