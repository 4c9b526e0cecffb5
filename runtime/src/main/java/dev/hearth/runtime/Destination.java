package dev.hearth.runtime;

/// Where a subscriber listens, inside its sandbox.
sealed interface Destination {
    int port();

    /// Takes requests with a JSON array of events.
    ///
    /// @param host   as it was named, for the header
    /// @param path   with its query
    /// @param method `POST`, or `PUT` by the Logs API
    record Http(String host, int port, String path, String method) implements Destination {}

    /// Takes a JSON document a line.
    record Tcp(int port) implements Destination {}
}
