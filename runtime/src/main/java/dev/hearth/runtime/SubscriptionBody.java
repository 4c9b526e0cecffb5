package dev.hearth.runtime;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what an extension asks to be subscribed to, and says all that is wrong with it at once, as AWS does. Source:
/// the developer guide's "Telemetry API reference" and "Logs API", and the schema that AWS's emulator checks.
final class SubscriptionBody {
    /// Where Hearth itself listens in every sandbox.
    private static final int RESERVED_PORT = 9001;

    private static final int MOST_PORT = 65_535;

    private final TelemetryApi api;
    private final Map<String, @Nullable Object> fields;
    private final List<String> problems = new ArrayList<>();

    private SubscriptionBody(TelemetryApi api, Map<String, @Nullable Object> fields) {
        this.api = api;
        this.fields = fields;
    }

    /// What a request means.
    sealed interface Read {
        /// It can be met.
        record Valid(Subscription subscription) implements Read {}

        /// It cannot; in words for whoever wrote the extension.
        record Invalid(String message) implements Read {}
    }

    static Read read(TelemetryApi api, byte[] json) {
        return JsonTree.object(json)
                .map(fields -> new SubscriptionBody(api, fields).read())
                .orElseGet(() -> new Read.Invalid("the body is not a JSON object"));
    }

    private Read read() {
        Optional<TelemetrySchema> schema = schema();
        Optional<Destination> destination = destination();
        List<TelemetryType> types = types();
        Buffering buffering = buffering();
        return problems.isEmpty()
                ? new Read.Valid(new Subscription(schema.orElseThrow(), types, destination.orElseThrow(), buffering))
                : new Read.Invalid(String.join("; ", problems));
    }

    private Optional<TelemetrySchema> schema() {
        Object version = fields.get("schemaVersion");
        if (version == null && api == TelemetryApi.LOGS) {
            return Optional.of(TelemetrySchema.LOGS_2020_08_15);
        }
        Optional<TelemetrySchema> known =
                version instanceof String text ? TelemetrySchema.of(api, text) : Optional.empty();
        if (known.isEmpty()) {
            problems.add(version == null ? "schemaVersion is not provided" : "schemaVersion is not supported");
        }
        return known;
    }

    private Optional<Destination> destination() {
        Map<?, ?> destination = object("destination");
        if (destination == null) {
            problems.add("destination is not provided");
            return Optional.empty();
        }
        Object encoding = destination.get("encoding");
        if (encoding != null && !encoding.equals("JSON")) {
            problems.add("destination.encoding should be JSON");
        }
        return switch (upper(destination.get("protocol"))) {
            case "HTTP" -> http(destination);
            case "TCP" -> tcp(destination);
            default -> {
                problems.add("destination.protocol should be HTTP or TCP");
                yield Optional.empty();
            }
        };
    }

    private Optional<Destination> tcp(Map<?, ?> destination) {
        long port = destination.get("port") instanceof Long number ? number : 0;
        return isPort(port, "destination.port") ? Optional.of(new Destination.Tcp((int) port)) : Optional.empty();
    }

    private Optional<Destination> http(Map<?, ?> destination) {
        if (!(destination.get("URI") instanceof String text)) {
            problems.add("destination.URI is not provided");
            return Optional.empty();
        }
        String method = destination.get("method") == null ? "POST" : upper(destination.get("method"));
        if (!method.equals("POST") && !method.equals("PUT")) {
            problems.add("destination.method should be POST or PUT");
        }
        try {
            return http(new URI(text), method);
        } catch (URISyntaxException e) {
            problems.add("destination.URI is not a URI");
            return Optional.empty();
        }
    }

    private Optional<Destination> http(URI uri, String method) {
        String host = uri.getHost();
        if (!"http".equals(uri.getScheme())) {
            problems.add("URI scheme should be http");
        }
        if (!"sandbox.localdomain".equals(host) && !"sandbox".equals(host)) {
            problems.add("URI host should be sandbox.localdomain or sandbox");
            return Optional.empty();
        }
        if (uri.getPort() < 0) {
            problems.add("URI port is not provided");
            return Optional.empty();
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return isPort(uri.getPort(), "URI port")
                ? Optional.of(new Destination.Http(host, uri.getPort(), path + query, method))
                : Optional.empty();
    }

    private boolean isPort(long port, String name) {
        if (port == RESERVED_PORT) {
            problems.add(name + " " + RESERVED_PORT + " is reserved");
            return false;
        }
        if (port < 1 || port > MOST_PORT) {
            problems.add(name + " should be between 1 and " + MOST_PORT);
            return false;
        }
        return true;
    }

    private List<TelemetryType> types() {
        List<TelemetryType> types = new ArrayList<>();
        if (!(fields.get("types") instanceof List<?> names) || names.isEmpty()) {
            problems.add("types should not be empty");
            return types;
        }
        for (Object name : names) {
            Optional<TelemetryType> type = name instanceof String text ? TelemetryType.of(text) : Optional.empty();
            if (type.isEmpty()) {
                problems.add("types should be platform, function or extension");
                return types;
            }
            if (!types.contains(type.get())) {
                types.add(type.get());
            }
        }
        return types;
    }

    private Buffering buffering() {
        if (fields.get("buffering") == null) {
            return Buffering.DEFAULT;
        }
        Map<?, ?> buffering = object("buffering");
        if (buffering == null) {
            problems.add("buffering should be an object");
            return Buffering.DEFAULT;
        }
        Buffering usual = Buffering.DEFAULT;
        return new Buffering(
                limit(buffering, "maxItems", usual.maxItems(), Buffering.LEAST_ITEMS, Buffering.MOST_ITEMS),
                limit(buffering, "maxBytes", usual.maxBytes(), Buffering.LEAST_BYTES, Buffering.MOST_BYTES),
                limit(buffering, "timeoutMs", usual.timeoutMillis(), Buffering.LEAST_MILLIS, Buffering.MOST_MILLIS));
    }

    /// AWS takes its default where it is left out.
    private int limit(Map<?, ?> buffering, String name, int usual, int least, int most) {
        Object value = buffering.get(name);
        if (!buffering.containsKey(name)) {
            return usual;
        }
        if (value instanceof Long number && number >= least && number <= most) {
            return number.intValue();
        }
        problems.add("buffering." + name + " should be between " + least + " and " + most);
        return usual;
    }

    private @Nullable Map<?, ?> object(String name) {
        return fields.get(name) instanceof Map<?, ?> map ? map : null;
    }

    private static String upper(@Nullable Object text) {
        return text instanceof String value ? value.toUpperCase(Locale.ROOT) : "";
    }
}
