package dev.hearth.runtime.java;

import org.jspecify.annotations.Nullable;

/// One invocation as the Runtime API hands it out.
final class Invocation {
    String requestId = "";

    @Nullable
    String functionArn;

    @Nullable
    String traceId;

    @Nullable
    String clientContext;

    @Nullable
    String cognitoIdentity;

    @Nullable
    String tenantId;

    /// The hooks to run; null for an event.
    @Nullable
    String hook;

    long deadlineMillis;
    byte[] event = new byte[0];

    /// Takes a response header of the Runtime API; names in lower case, unknown ones are ignored.
    void header(String name, String value) {
        switch (name) {
            case "lambda-runtime-aws-request-id":
                requestId = value;
                break;
            case "lambda-runtime-deadline-ms":
                deadlineMillis = Long.parseLong(value);
                break;
            case "lambda-runtime-invoked-function-arn":
                functionArn = value;
                break;
            case "lambda-runtime-trace-id":
                traceId = value;
                break;
            case "lambda-runtime-client-context":
                clientContext = value;
                break;
            case "lambda-runtime-cognito-identity":
                cognitoIdentity = value;
                break;
            case "hearth-hook":
                hook = value;
                break;
            case "lambda-runtime-aws-tenant-id":
                tenantId = value;
                break;
            default:
        }
    }
}
