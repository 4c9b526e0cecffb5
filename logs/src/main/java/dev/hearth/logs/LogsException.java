package dev.hearth.logs;

/// A request that CloudWatch Logs would refuse.
final class LogsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;

    private LogsException(String type, String message) {
        super(message, null, false, false);
        this.type = type;
    }

    /// AWS's name of the error.
    String type() {
        return type;
    }

    static LogsException invalid(String message) {
        return new LogsException("InvalidParameterException", message);
    }

    static LogsException noGroup() {
        return new LogsException("ResourceNotFoundException", "The specified log group does not exist.");
    }

    static LogsException noStream() {
        return new LogsException("ResourceNotFoundException", "The specified log stream does not exist.");
    }

    static LogsException groupExists() {
        return new LogsException("ResourceAlreadyExistsException", "The specified log group already exists");
    }

    static LogsException streamExists() {
        return new LogsException("ResourceAlreadyExistsException", "The specified log stream already exists");
    }

    static LogsException notJson(String reason) {
        return new LogsException("SerializationException", "The request body is not a JSON object: " + reason);
    }

    static LogsException tooLarge(long limit) {
        return new LogsException(
                "InvalidParameterException", "The request body is larger than " + limit + " bytes; send less at once.");
    }

    static LogsException unknownOperation(String target) {
        return new LogsException(
                "UnknownOperationException",
                "Hearth does not know the operation '" + target + "' of CloudWatch Logs. It knows: "
                        + String.join(", ", Operation.names()) + ".");
    }
}
