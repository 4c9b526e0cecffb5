package dev.hearth.identity;

import java.time.Instant;

/// What temporary credentials stand for.
///
/// @param keyId   their access key, `ASIA…`
/// @param expires to the second
record Session(String keyId, Caller caller, Instant expires) {}
