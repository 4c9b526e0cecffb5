package dev.hearth.runtime.java;

import java.nio.charset.StandardCharsets;

/// What a failed invocation answers: `errorMessage`, `errorType` and, for an exception of the function,
/// `stackTrace`. Fields and wording are those of AWS's Java runtime interface client 2.9.0.
final class ErrorDocument {
    /// `Lambda-Runtime-Function-Error-Type` where the function could not be loaded.
    static final String BAD_CODE = "Runtime.BadFunctionCode";
    /// `Lambda-Runtime-Function-Error-Type` where the function threw.
    static final String EXCEPTION = "Runtime.UserException";

    private ErrorDocument() {}

    static String message(Throwable thrown) {
        String message = thrown.getLocalizedMessage();
        return message == null ? thrown.getClass().getName() : message;
    }

    /// The document in UTF-8. A [Fault] has no stack trace, and no type where there was no exception.
    static byte[] of(Throwable thrown) {
        StringBuilder json = new StringBuilder(256).append("{\"errorMessage\":");
        if (thrown instanceof Fault) {
            Fault fault = (Fault) thrown;
            JsonText.string(json, fault.message());
            if (fault.type() != null) {
                JsonText.string(json.append(",\"errorType\":"), fault.type());
            }
        } else {
            JsonText.string(json, message(thrown));
            JsonText.string(json.append(",\"errorType\":"), thrown.getClass().getName());
            stackTrace(json.append(",\"stackTrace\":["), thrown.getStackTrace());
            json.append(']');
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void stackTrace(StringBuilder json, StackTraceElement[] trace) {
        for (int i = 0; i < trace.length; i++) {
            if (i > 0) {
                json.append(',');
            }
            JsonText.string(json, trace[i].toString());
        }
    }
}
