package dev.hearth.cli;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of every command that talks to a server.
final class ServerOptions {
    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "The server; $HEARTH_ENDPOINT where absent, else " + Endpoint.DEFAULT + ".")
    @Nullable
    String endpoint;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "The region to sign for; $AWS_REGION or $AWS_DEFAULT_REGION where absent, else us-east-1.")
    @Nullable
    String region;

    @Option(
            names = "--sign",
            description = "Sign requests (SigV4) with $AWS_ACCESS_KEY_ID and $AWS_SECRET_ACCESS_KEY;"
                    + " needed where the server's configuration names access keys.")
    boolean sign;

    @Option(names = "--json", description = "Print the result as JSON; errors as JSON to standard error.")
    boolean json;

    HttpConnection connect(Map<String, String> environment) {
        return new HttpConnection(endpoint(environment), signer(environment));
    }

    Endpoint endpoint(Map<String, String> environment) {
        String where = endpoint != null ? endpoint : environment.getOrDefault("HEARTH_ENDPOINT", Endpoint.DEFAULT);
        return Endpoint.of(where, regionFrom(environment));
    }

    /// What signs requests; empty where they are not to be signed.
    Optional<Signer> signer(Map<String, String> environment) {
        return sign ? Optional.of(Signer.fromEnvironment(environment, regionFrom(environment))) : Optional.empty();
    }

    private String regionFrom(Map<String, String> environment) {
        if (region != null) {
            return region;
        }
        String fallback = environment.getOrDefault("AWS_DEFAULT_REGION", "us-east-1");
        return environment.getOrDefault("AWS_REGION", fallback);
    }
}
