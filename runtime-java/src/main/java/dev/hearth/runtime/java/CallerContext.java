package dev.hearth.runtime.java;

import com.amazonaws.services.lambda.runtime.Client;
import com.amazonaws.services.lambda.runtime.ClientContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `ClientContext` of an invocation: what the caller sent as JSON with `client`, `custom` and `env`.
@SuppressWarnings("NullAway") // absent members are null in AWS's interface
final class CallerContext implements ClientContext {
    private final @Nullable Client client;
    private final @Nullable Map<String, String> custom;
    private final @Nullable Map<String, String> env;

    private CallerContext(Map<?, ?> json) {
        Object fields = json.get("client");
        this.client = fields instanceof Map ? new Application((Map<?, ?>) fields) : null;
        this.custom = strings(json.get("custom"));
        this.env = strings(json.get("env"));
    }

    /// @throws IllegalArgumentException when it is not a JSON object
    static CallerContext parse(String header) {
        return new CallerContext(object(header, "client context"));
    }

    static Map<?, ?> object(String header, String what) {
        try {
            Object json = JsonValue.read(header);
            if (json instanceof Map) {
                return (Map<?, ?>) json;
            }
        } catch (JsonValue.NotPlain e) {
            // told below
        }
        throw new IllegalArgumentException("Cannot read the " + what + " of this invocation: expected a JSON object");
    }

    private static @Nullable Map<String, String> strings(@Nullable Object json) {
        if (!(json instanceof Map)) {
            return null;
        }
        Map<String, String> strings = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) json).entrySet()) {
            strings.put((String) entry.getKey(), entry.getValue() == null ? null : String.valueOf(entry.getValue()));
        }
        return strings;
    }

    static @Nullable String text(Map<?, ?> json, String name) {
        Object value = json.get(name);
        return value == null ? null : value.toString();
    }

    @Override
    public Client getClient() {
        return client;
    }

    @Override
    public Map<String, String> getCustom() {
        return custom;
    }

    @Override
    public Map<String, String> getEnvironment() {
        return env;
    }

    /// The calling application. The fields are named as in the JSON, for functions that print it.
    @SuppressWarnings("MemberName")
    private static final class Application implements Client {
        private final @Nullable String installation_id;
        private final @Nullable String app_title;
        private final @Nullable String app_version_name;
        private final @Nullable String app_version_code;
        private final @Nullable String app_package_name;

        Application(Map<?, ?> json) {
            this.installation_id = text(json, "installation_id");
            this.app_title = text(json, "app_title");
            this.app_version_name = text(json, "app_version_name");
            this.app_version_code = text(json, "app_version_code");
            this.app_package_name = text(json, "app_package_name");
        }

        @Override
        public String getInstallationId() {
            return installation_id;
        }

        @Override
        public String getAppTitle() {
            return app_title;
        }

        @Override
        public String getAppVersionName() {
            return app_version_name;
        }

        @Override
        public String getAppVersionCode() {
            return app_version_code;
        }

        @Override
        public String getAppPackageName() {
            return app_package_name;
        }
    }
}
