package dev.hearth.lambdaapi;

import dev.hearth.model.ApiException;
import dev.hearth.model.ByteSize;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.FunctionSettings;
import dev.hearth.model.Limits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Rules about settings that AWS checks after their form is right.
record SettingsRules(Limits limits) {
    /// Variables that Lambda sets itself, as its developer guide lists them.
    private static final Set<String> RESERVED = Set.of(
            "_HANDLER",
            "_X_AMZN_TRACE_ID",
            "AWS_DEFAULT_REGION",
            "AWS_REGION",
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_LAMBDA_METADATA_API",
            "AWS_LAMBDA_METADATA_TOKEN",
            "AWS_LAMBDA_RUNTIME_API",
            "AWS_ACCESS_KEY",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "LAMBDA_TASK_ROOT",
            "LAMBDA_RUNTIME_DIR");

    /// Java 11, Python 3.12 and .NET 8, and what came after them, as the developer guide lists them.
    private static final Set<String> SNAP_START_RUNTIMES = Set.of(
            "java11", "java17", "java21", "java25", "python3.12", "python3.13", "python3.14", "dotnet8", "dotnet10");

    private static final String UNABLE =
            "Lambda was unable to configure your environment variables because the environment variables you have provided ";

    void check(SettingsChange change) {
        change.runtime().ifPresent(SettingsRules::checkRuntime);
        change.environment().ifPresent(this::checkEnvironment);
        change.layers().ifPresent(this::checkLayerCount);
        change.logging().ifPresent(SettingsRules::checkLogging);
    }

    /// What must hold of all settings together: call with those that a change leads to.
    void check(FunctionSettings settings) {
        if (!settings.hasSnapStart()) {
            return;
        }
        if (!SNAP_START_RUNTIMES.contains(settings.runtime())) {
            throw invalid(settings.runtime() + " is not supported for SnapStart enabled functions.");
        }
        if (settings.ephemeralStorage().compareTo(limits.tmpMin()) > 0) {
            throw invalid("Ephemeral storage of more than " + limits.tmpMin().toMibRoundedUp()
                    + " MB is not supported for SnapStart enabled functions.");
        }
    }

    private static void checkRuntime(String runtime) {
        if (Runtimes.isRetired(runtime)) {
            throw invalid(
                    "The runtime parameter of " + runtime + " is no longer supported for creating or updating AWS"
                            + " Lambda functions. We recommend you use a supported runtime while creating or updating functions.");
        }
        if (!Runtimes.CURRENT.contains(runtime)) {
            throw invalid("Value " + runtime + " at 'runtime' failed to satisfy constraint: "
                    + Violations.enumConstraint(Runtimes.CURRENT) + " or be a valid ARN");
        }
    }

    private void checkEnvironment(Map<String, String> environment) {
        for (String name : environment.keySet()) {
            if (!Patterns.ENVIRONMENT_NAME.matcher(name).matches()) {
                throw new ApiException(
                        ErrorCode.VALIDATION,
                        "1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map"
                                + " keys must satisfy constraint: [Member must satisfy regular expression pattern: "
                                + Patterns.ENVIRONMENT_NAME.pattern() + "]");
            }
        }
        List<String> reserved =
                environment.keySet().stream().filter(RESERVED::contains).toList();
        if (!reserved.isEmpty()) {
            throw invalid(
                    UNABLE + "contains reserved keys that are currently not supported for modification. Reserved keys"
                            + " used in this request: " + String.join(", ", reserved));
        }
        checkEnvironmentSize(environment);
    }

    private void checkEnvironmentSize(Map<String, String> environment) {
        ByteSize size = ByteSize.ofBytes(Json.object(out -> environment.forEach(out::writeStringProperty)).length);
        if (size.compareTo(limits.environment()) > 0) {
            String measured = new String(
                    Json.object(out -> environment.forEach(out::writeStringProperty)), StandardCharsets.UTF_8);
            throw invalid(UNABLE + "exceeded the "
                    + limits.environment().toString().replace(" ", "") + " limit. String measured: " + measured);
        }
    }

    private void checkLayerCount(List<String> arns) {
        if (arns.size() > limits.layers()) {
            throw invalid("Cannot reference more than " + limits.layers() + " layers.");
        }
    }

    private static void checkLogging(SettingsChange.Logging logging) {
        boolean levels = logging.applicationLogLevel().isPresent()
                || logging.systemLogLevel().isPresent();
        if (levels && !logging.format().orElse("Text").equals("JSON")) {
            throw invalid(
                    "Log Level is not supported when LogFormat is set to 'Text'. Remove log level from your request"
                            + " or change the LogFormat to 'JSON' and try again.");
        }
    }

    static ApiException invalid(String message) {
        return new ApiException(ErrorCode.INVALID_PARAMETER_VALUE, message);
    }
}
