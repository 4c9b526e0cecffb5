package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The wire of the Extensions API: what a request means and how its result is told. Source: the developer guide's
/// "Lambda Extensions API", words and order of checks from AWS's runtime interface emulator.
final class ExtensionRequests {
    /// What the launcher of external extensions says and asks; see `extensions.sh`.
    private static final String OWN = "/hearth/extensions/";

    private static final String API = "/2020-01-01/extension/";

    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern EXITED = Pattern.compile(OWN + "exited/(\\d{1,2})/(\\d{1,3})");
    private static final Pattern RUNTIME_EXITED = Pattern.compile(OWN + "runtime-exited/(\\d{1,3})");

    private final ExtensionHost host;
    private final Supplier<Extensions> extensions;
    private final SubscriptionRequests subscriptions;

    /// @param extensions made when the first extension registers, if not before
    ExtensionRequests(ExtensionHost host, Supplier<Extensions> extensions, SubscriptionRequests subscriptions) {
        this.host = host;
        this.extensions = extensions;
        this.subscriptions = subscriptions;
    }

    static boolean isFor(String path) {
        return path.startsWith(API)
                || path.startsWith(OWN)
                || TelemetryApi.TELEMETRY.isAt(path)
                || TelemetryApi.LOGS.isAt(path);
    }

    /// Answers a request; that for an event when there is one.
    ///
    /// @return null where there is nobody left to answer
    @Nullable
    Reply answer(RequestHead head, byte[] body) {
        boolean get = head.method.equals("GET");
        boolean post = head.method.equals("POST");
        return switch (head.path) {
            case API + "register" -> post ? register(head, body) : Reply.METHOD_NOT_ALLOWED;
            case API + "event/next" -> get ? identified(head, extensions.get()::next) : Reply.METHOD_NOT_ALLOWED;
            case API + "init/error" -> post ? error(head, extensions.get()::initError) : Reply.METHOD_NOT_ALLOWED;
            case API + "exit/error" -> post ? error(head, extensions.get()::exitError) : Reply.METHOD_NOT_ALLOWED;
            case OWN + "registered" -> registered();
            default -> others(head, body);
        };
    }

    private Reply others(RequestHead head, byte[] body) {
        if (TelemetryApi.TELEMETRY.isAt(head.path)) {
            return subscribe(TelemetryApi.TELEMETRY, head, body);
        }
        return TelemetryApi.LOGS.isAt(head.path) ? subscribe(TelemetryApi.LOGS, head, body) : ended(head.path);
    }

    private Reply subscribe(TelemetryApi api, RequestHead head, byte[] body) {
        if (!head.method.equals("PUT")) {
            return Reply.METHOD_NOT_ALLOWED;
        }
        if (!subscriptions.areServed()) {
            return Reply.unsupported(api.word);
        }
        return switch (identify(head)) {
            case Identity.Stranger(Reply refusal) -> refusal;
            case Identity.Known(Extension extension) -> subscriptions.subscribe(api, extension.name, body);
        };
    }

    private @Nullable Reply register(RequestHead head, byte[] body) {
        if (head.extensionName.isEmpty()) {
            return Reply.forbidden("Extension.InvalidExtensionName", "Empty extension name");
        }
        Optional<List<String>> names = RegisterBody.events(new String(body, UTF_8));
        if (names.isEmpty()) {
            return Reply.forbidden(
                    "InvalidRequestFormat", "the body is not a JSON object with a list of names as its 'events'");
        }
        Set<ExtensionEvent> events = EnumSet.noneOf(ExtensionEvent.class);
        for (String name : names.get()) {
            Optional<ExtensionEvent> event = ExtensionEvent.of(name);
            if (event.isEmpty()) {
                return Reply.forbidden("Extension.InvalidEventType", name + ": ErrorInvalidEventType");
            }
            events.add(event.get());
        }
        boolean account = List.of(head.acceptFeature.split(" *, *")).contains("accountId");
        return reply(extensions.get().register(head.extensionName, events), account);
    }

    private interface Action {
        Extensions.Result run(Extension extension);
    }

    private interface Report {
        Extensions.Result run(Extension extension, String errorType);
    }

    /// Whose request it is.
    private sealed interface Identity {
        record Known(Extension extension) implements Identity {}

        record Stranger(Reply refusal) implements Identity {}
    }

    private @Nullable Reply identified(RequestHead head, Action action) {
        return switch (identify(head)) {
            case Identity.Stranger(Reply refusal) -> refusal;
            case Identity.Known(Extension extension) -> reply(action.run(extension), false);
        };
    }

    private Identity identify(RequestHead head) {
        if (head.extensionId.isEmpty()) {
            return stranger("Extension.MissingExtensionIdentifier", "Missing Lambda-Extension-Identifier header");
        }
        if (!UUID_FORM.matcher(head.extensionId).matches()) {
            return stranger("Extension.InvalidExtensionIdentifier", "Invalid Lambda-Extension-Identifier");
        }
        return extensions
                .get()
                .find(head.extensionId)
                .<Identity>map(Identity.Known::new)
                .orElseGet(() ->
                        stranger("Extension.UnknownExtensionIdentifier", "Unknown extension " + head.extensionId));
    }

    private static Identity stranger(String type, String message) {
        return new Identity.Stranger(Reply.forbidden(type, message));
    }

    private @Nullable Reply error(RequestHead head, Report report) {
        String type = head.extensionErrorType;
        return identified(
                head,
                extension -> type.isEmpty()
                        ? new Extensions.Result.Refused(
                                "Extension.MissingHeader", "Lambda-Extension-Function-Error-Type not found")
                        : report.run(extension, type));
    }

    private @Nullable Reply reply(Extensions.Result result, boolean account) {
        return switch (result) {
            case Extensions.Result.Registered(String id) -> welcome(id, account);
            case Extensions.Result.Noted() -> Reply.ACCEPTED;
            case Extensions.Result.Event(String json) ->
                Reply.ok("Lambda-Extension-Event-Identifier", UUID.randomUUID().toString(), json);
            case Extensions.Result.Refused(String type, String message) -> Reply.forbidden(type, message);
            case Extensions.Result.Gone() -> null;
        };
    }

    private Reply welcome(String id, boolean account) {
        String json = "{\"functionName\":" + Json.quote(host.functionName()) + ",\"functionVersion\":"
                + Json.quote(host.functionVersion()) + ",\"handler\":" + Json.quote(host.handler())
                + (account ? ",\"accountId\":" + Json.quote(host.accountId()) : "") + "}";
        return Reply.ok("Lambda-Extension-Identifier", id, json);
    }

    private Reply registered() {
        extensions.get().awaitRegistered();
        return Reply.ACCEPTED;
    }

    /// `exited/INDEX/STATUS` of an extension, `runtime-exited/STATUS`.
    private Reply ended(String path) {
        Matcher extension = EXITED.matcher(path);
        Matcher runtime = RUNTIME_EXITED.matcher(path);
        if (extension.matches()) {
            extensions.get().exited(Integer.parseInt(extension.group(1)), Integer.parseInt(extension.group(2)));
        } else if (runtime.matches()) {
            extensions.get().runtimeExited(Integer.parseInt(runtime.group(1)));
        } else {
            return Reply.NOT_FOUND;
        }
        return Reply.ACCEPTED;
    }
}
