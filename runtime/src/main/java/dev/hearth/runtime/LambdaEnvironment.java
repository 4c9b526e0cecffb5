package dev.hearth.runtime;

import dev.hearth.model.FunctionSettings;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.LoggingConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/// The environment variables functions find, by AWS's list and with AWS's values. The function's own come after
/// those that AWS lets it change, and before those that are reserved.
final class LambdaEnvironment {
    private static final String LIBRARIES =
            "/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib";

    private LambdaEnvironment() {}

    static Map<String, String> of(RuntimesConfig config, RuntimeId id, LaunchRequest request) {
        FunctionSettings settings = request.version().settings();
        Map<String, String> environment = new LinkedHashMap<>();
        changeable(environment, id);
        settings.environment().forEach((name, value) -> {
            if (!isReserved(name)) {
                environment.put(name, value);
            }
        });
        reserved(environment, request.version(), request.logStream());
        logging(environment, settings.logging());
        environment.put("AWS_LAMBDA_RUNTIME_API", config.runtimeApiAddress());
        credentials(environment, config.credentials());
        if (id.family() != RuntimeId.Family.PROVIDED) {
            environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + id.name());
        }
        return environment;
    }

    private static void changeable(Map<String, String> environment, RuntimeId id) {
        environment.put("PATH", "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin");
        environment.put("LD_LIBRARY_PATH", "/var/lang/lib:" + LIBRARIES);
        environment.put("LANG", "en_US.UTF-8");
        environment.put("TZ", ":UTC");
        switch (id.family()) {
            case PYTHON -> environment.put("PYTHONPATH", Bootstraps.TARGET);
            case NODE ->
                environment.put(
                        "NODE_PATH",
                        "/opt/nodejs/node" + id.version() + "/node_modules:/opt/nodejs/node_modules:"
                                + "/var/runtime/node_modules:/var/runtime:/var/task");
            case JAVA, PROVIDED, UNSUPPORTED -> {
                // nothing of their own
            }
        }
    }

    private static void reserved(Map<String, String> environment, FunctionVersion version, String logStream) {
        FunctionSettings settings = version.settings();
        String region = version.arn().scope().region();
        environment.put("_HANDLER", settings.handler());
        environment.put("LAMBDA_TASK_ROOT", "/var/task");
        environment.put("LAMBDA_RUNTIME_DIR", Bootstraps.TARGET);
        environment.put("AWS_REGION", region);
        environment.put("AWS_DEFAULT_REGION", region);
        environment.put("AWS_LAMBDA_FUNCTION_NAME", version.name());
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", version.version());
        environment.put(
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                Long.toString(settings.memory().toMibRoundedUp()));
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", settings.logging().logGroup());
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream);
    }

    private static void logging(Map<String, String> environment, LoggingConfig logging) {
        environment.put("AWS_LAMBDA_LOG_FORMAT", logging.format());
        logging.applicationLogLevel().ifPresent(level -> environment.put("AWS_LAMBDA_LOG_LEVEL", level));
    }

    private static void credentials(Map<String, String> environment, Credentials credentials) {
        environment.put("AWS_ACCESS_KEY_ID", credentials.accessKeyId());
        environment.put("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey());
        environment.put("AWS_SESSION_TOKEN", credentials.sessionToken());
    }

    /// Reserved names whose variable is not always set; the others are simply written over.
    private static boolean isReserved(String name) {
        return name.equals("AWS_EXECUTION_ENV")
                || name.equals("AWS_ACCESS_KEY")
                || name.equals("_X_AMZN_TRACE_ID")
                || name.startsWith("_LAMBDA_");
    }
}
