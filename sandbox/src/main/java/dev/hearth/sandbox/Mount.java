package dev.hearth.sandbox;

import java.nio.file.Path;

/// A file or directory of the host that a sandbox sees, read-only. It need not be readable for the
/// sandbox's user on the host's own path: only what it holds must be.
///
/// @param source on the host, absolute
/// @param target in the sandbox, absolute
public record Mount(Path source, String target) {}
