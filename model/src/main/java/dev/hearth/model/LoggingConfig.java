package dev.hearth.model;

import java.util.Optional;

/// How a function's logs are written.
///
/// @param format              `Text` or `JSON`
/// @param logGroup            the log group they go to
/// @param applicationLogLevel with JSON format only
/// @param systemLogLevel      with JSON format only
public record LoggingConfig(
        String format, String logGroup, Optional<String> applicationLogLevel, Optional<String> systemLogLevel) {

    /// Plain text to `/aws/lambda/NAME`.
    public static LoggingConfig text(String functionName) {
        return new LoggingConfig("Text", "/aws/lambda/" + functionName, Optional.empty(), Optional.empty());
    }
}
