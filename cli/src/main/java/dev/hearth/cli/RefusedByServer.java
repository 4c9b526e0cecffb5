package dev.hearth.cli;

/// The server answered with an error of the Lambda or Logs API.
final class RefusedByServer extends CommandFailure {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    /// @param type the API's error type, such as `ResourceNotFoundException`; empty where the server named none
    RefusedByServer(int status, String type, String message) {
        super(status >= 500 ? ExitCode.SERVER_FAULT : ExitCode.REFUSED, message);
        this.status = status;
        this.type = type;
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    boolean isNotFound() {
        return type.equals("ResourceNotFoundException");
    }
}
