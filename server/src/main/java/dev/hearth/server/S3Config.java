package dev.hearth.server;

import dev.hearth.identity.AccessKey;
import java.net.URI;
import java.util.Optional;

/// An S3-compatible endpoint from which `S3Bucket` and `S3Key` of a deployment are fetched.
///
/// @param endpoint where it is, such as `http://127.0.0.1:9100`
/// @param key      what requests are signed with; unsigned where absent
record S3Config(URI endpoint, Optional<AccessKey> key) {}
