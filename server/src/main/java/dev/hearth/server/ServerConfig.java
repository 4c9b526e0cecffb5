package dev.hearth.server;

import dev.hearth.engine.EngineConfig;
import dev.hearth.events.EventsConfig;
import dev.hearth.identity.KnownKey;
import dev.hearth.model.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Everything that can be configured. Read by [ConfigFile]; the reference page is `docs/configuration.md`.
///
/// @param host                where to listen; loopback unless configured, because by default any credentials pass
/// @param port                0 picks a free one
/// @param data                the directory that holds everything that must survive
/// @param scope               partition, region and account of the ARNs
/// @param accessKeys          with any, requests must be signed with one of them
/// @param engine              how functions are run
/// @param events              how asynchronous events are kept and delivered
/// @param allowWeakIsolation  start although the host lacks a protection
/// @param s3                  where code may be fetched from
/// @param runtimePaths        more directories in which to look for Python, Node.js and Java
/// @param reportOrigin        answers say where their instance came from, asked for or not
record ServerConfig(
        String host,
        int port,
        Path data,
        Scope scope,
        List<KnownKey> accessKeys,
        EngineConfig engine,
        EventsConfig events,
        boolean allowWeakIsolation,
        Optional<S3Config> s3,
        List<Path> runtimePaths,
        boolean reportOrigin) {

    static final int DEFAULT_PORT = 9000;
    static final String DEFAULT_HOST = "127.0.0.1";

    ServerConfig {
        accessKeys = List.copyOf(accessKeys);
        runtimePaths = List.copyOf(runtimePaths);
    }

    /// The same with what was given on the command line in place of what the file says.
    ServerConfig with(
            Optional<String> otherHost, Optional<Integer> otherPort, Optional<Path> otherData, boolean allowWeak) {
        return new ServerConfig(
                otherHost.orElse(host),
                otherPort.orElse(port),
                otherData.orElse(data),
                scope,
                accessKeys,
                engine,
                events,
                allowWeakIsolation || allowWeak,
                s3,
                runtimePaths,
                reportOrigin);
    }

    /// Where data goes when nothing is configured: the system's place for root, the user's for others.
    static Path defaultData() {
        if (System.getProperty("user.name", "").equals("root")) {
            return Path.of("/var/lib/hearth");
        }
        String state = System.getenv("XDG_STATE_HOME");
        return state != null && !state.isEmpty()
                ? Path.of(state, "hearth")
                : Path.of(System.getProperty("user.home", "."), ".local", "state", "hearth");
    }
}
