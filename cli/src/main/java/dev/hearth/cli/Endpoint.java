package dev.hearth.cli;

import java.net.URI;

/// Where the server is.
///
/// @param uri    scheme, host and port
/// @param region the AWS region that requests are signed for
record Endpoint(URI uri, String region) {
    static final String DEFAULT = "http://127.0.0.1:9000";

    /// Reads an endpoint as a user types it.
    static Endpoint of(String text, String region) {
        String complete = text.contains("://") ? text : "http://" + text;
        URI uri;
        try {
            uri = URI.create(complete.endsWith("/") ? complete.substring(0, complete.length() - 1) : complete);
        } catch (IllegalArgumentException e) {
            throw bad(text, String.valueOf(e.getMessage()));
        }
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw bad(text, "it has no host, or is neither http nor https");
        }
        return new Endpoint(uri, region);
    }

    private static CommandFailure bad(String text, String reason) {
        return new CommandFailure(
                ExitCode.USAGE, "'" + text + "' is not an endpoint: " + reason + ". Write it as " + DEFAULT + ".");
    }
}
