package dev.hearth.runtime;

/// AWS's two APIs by which extensions subscribe to what happens in their instance.
enum TelemetryApi {
    TELEMETRY("Telemetry", "/2022-07-01/telemetry", "ValidationError"),
    /// The older one, which AWS keeps as it is.
    LOGS("Logs", "/2020-08-15/logs", "Logs.ValidationError");

    final String word;
    final String path;
    /// AWS's name for a request that is not as it should be.
    final String invalid;

    TelemetryApi(String word, String path, String invalid) {
        this.word = word;
        this.path = path;
        this.invalid = invalid;
    }

    boolean isAt(String requestPath) {
        return requestPath.startsWith(path)
                && (requestPath.length() == path.length()
                        || requestPath.substring(path.length()).equals("/"));
    }
}
