package dev.hearth.server;

/// How parts of the server end.
final class Parts {
    private static final System.Logger LOG = System.getLogger("dev.hearth.server");

    private Parts() {}

    /// Closes a part; that it cannot be closed is logged and keeps no other from being closed.
    static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a part could not be closed part=" + part.getClass().getSimpleName(),
                    e);
        }
    }
}
