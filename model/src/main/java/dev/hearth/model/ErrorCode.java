package dev.hearth.model;

/// Every error that Hearth answers over the Lambda wire: whose fault it is, its HTTP status and the
/// name AWS gives it (the `x-amzn-ErrorType` header).
public enum ErrorCode {
    ACCESS_DENIED(ErrorKind.CALLER, 403, "AccessDeniedException"),
    CODE_STORAGE_EXCEEDED(ErrorKind.CALLER, 400, "CodeStorageExceededException"),
    INCOMPLETE_SIGNATURE(ErrorKind.CALLER, 400, "IncompleteSignatureException"),
    EXPIRED_TOKEN(ErrorKind.CALLER, 403, "ExpiredTokenException"),
    INVALID_PARAMETER_VALUE(ErrorKind.CALLER, 400, "InvalidParameterValueException"),
    INVALID_REQUEST_CONTENT(ErrorKind.CALLER, 400, "InvalidRequestContentException"),
    INVALID_SIGNATURE(ErrorKind.CALLER, 403, "InvalidSignatureException"),
    METHOD_NOT_ALLOWED(ErrorKind.CALLER, 405, "MethodNotAllowedException"),
    MISSING_AUTHENTICATION_TOKEN(ErrorKind.CALLER, 403, "MissingAuthenticationTokenException"),
    NOT_IMPLEMENTED(ErrorKind.CALLER, 501, "NotImplementedException"),
    POLICY_LENGTH_EXCEEDED(ErrorKind.CALLER, 400, "PolicyLengthExceededException"),
    PRECONDITION_FAILED(ErrorKind.CALLER, 412, "PreconditionFailedException"),
    PROVISIONED_CONCURRENCY_CONFIG_NOT_FOUND(ErrorKind.CALLER, 404, "ProvisionedConcurrencyConfigNotFoundException"),
    CODE_SIGNING_CONFIG_NOT_FOUND(ErrorKind.CALLER, 404, "CodeSigningConfigNotFoundException"),
    RESOURCE_IN_USE(ErrorKind.CALLER, 400, "ResourceInUseException"),
    REQUEST_TOO_LARGE(ErrorKind.CALLER, 413, "RequestTooLargeException"),
    REQUEST_ENTITY_TOO_LARGE(ErrorKind.CALLER, 413, "RequestEntityTooLargeException"),
    RESOURCE_CONFLICT(ErrorKind.CALLER, 409, "ResourceConflictException"),
    RESOURCE_NOT_FOUND(ErrorKind.CALLER, 404, "ResourceNotFoundException"),
    SERIALIZATION(ErrorKind.CALLER, 400, "SerializationException"),
    SNAP_START_NOT_READY(ErrorKind.CALLER, 409, "SnapStartNotReadyException"),
    TOO_MANY_REQUESTS(ErrorKind.CALLER, 429, "TooManyRequestsException"),
    UNKNOWN_OPERATION(ErrorKind.CALLER, 404, "UnknownOperationException"),
    UNRECOGNIZED_CLIENT(ErrorKind.CALLER, 403, "UnrecognizedClientException"),
    UNSUPPORTED_MEDIA_TYPE(ErrorKind.CALLER, 415, "UnsupportedMediaTypeException"),
    VALIDATION(ErrorKind.CALLER, 400, "ValidationException"),

    INVALID_RUNTIME(ErrorKind.FUNCTION, 502, "InvalidRuntimeException"),
    INVALID_ZIP_FILE(ErrorKind.FUNCTION, 502, "InvalidZipFileException"),

    RESOURCE_NOT_READY(ErrorKind.PLATFORM, 502, "ResourceNotReadyException"),
    SERVICE(ErrorKind.PLATFORM, 500, "ServiceException");

    private final ErrorKind kind;
    private final int httpStatus;
    private final String awsType;

    ErrorCode(ErrorKind kind, int httpStatus, String awsType) {
        this.kind = kind;
        this.httpStatus = httpStatus;
        this.awsType = awsType;
    }

    /// Whose fault it is.
    public ErrorKind kind() {
        return kind;
    }

    /// The HTTP status of the answer.
    public int httpStatus() {
        return httpStatus;
    }

    /// AWS's name of the error, as SDKs turn it into an exception class.
    public String awsType() {
        return awsType;
    }
}
