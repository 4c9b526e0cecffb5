package dev.hearth.identity;

/// A request that STS or IAM would refuse, with the code and the status that AWS gives it.
final class QueryError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    QueryError(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    static QueryError noSuchEntity(String message) {
        return new QueryError(404, "NoSuchEntity", message);
    }

    static QueryError alreadyExists(String message) {
        return new QueryError(409, "EntityAlreadyExists", message);
    }

    static QueryError deleteConflict(String message) {
        return new QueryError(409, "DeleteConflict", message);
    }

    static QueryError limitExceeded(String message) {
        return new QueryError(409, "LimitExceeded", message);
    }

    static QueryError malformedPolicy(String message) {
        return new QueryError(400, "MalformedPolicyDocument", message);
    }

    static QueryError invalidInput(String message) {
        return new QueryError(400, "InvalidInput", message);
    }

    static QueryError validation(String message) {
        return new QueryError(400, "ValidationError", message);
    }

    static QueryError accessDenied(String message) {
        return new QueryError(403, "AccessDenied", message);
    }

    static QueryError noRole(String name) {
        return noSuchEntity("The role with name " + name + " cannot be found.");
    }

    /// Something of AWS's that Hearth does not have. 501 is not retried by AWS's clients.
    static QueryError notImplemented(String message) {
        return new QueryError(501, "NotImplemented", message);
    }
}
