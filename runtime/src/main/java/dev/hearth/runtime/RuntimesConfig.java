package dev.hearth.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where runtimes are looked for and what functions are told.
///
/// @param bootstraps        the directory that [Bootstraps#install] filled
/// @param searchPaths       more places of interpreters: a program, an installation, or a directory of installations
/// @param cacheFile         remembers what programs said about their version, so that a later start need not ask
/// @param runtimeApiAddress value of `AWS_LAMBDA_RUNTIME_API`
/// @param credentials       what functions find in their environment
/// @param caches            where what makes functions start faster is kept; empty: nothing is
public record RuntimesConfig(
        Path bootstraps,
        List<Path> searchPaths,
        Optional<Path> cacheFile,
        String runtimeApiAddress,
        Credentials credentials,
        Optional<Path> caches) {
    public RuntimesConfig {
        searchPaths = List.copyOf(searchPaths);
    }

    /// Keeps nothing that makes functions start faster.
    public RuntimesConfig(
            Path bootstraps,
            List<Path> searchPaths,
            Optional<Path> cacheFile,
            String runtimeApiAddress,
            Credentials credentials) {
        this(bootstraps, searchPaths, cacheFile, runtimeApiAddress, credentials, Optional.empty());
    }

    public RuntimesConfig withCaches(Path directory) {
        return new RuntimesConfig(
                bootstraps, searchPaths, cacheFile, runtimeApiAddress, credentials, Optional.of(directory));
    }

    /// Looks in the usual places and remembers nothing.
    public static RuntimesConfig of(Path bootstraps) {
        return new RuntimesConfig(bootstraps, List.of(), Optional.empty(), "127.0.0.1:9001", Credentials.PLACEHOLDER);
    }
}
