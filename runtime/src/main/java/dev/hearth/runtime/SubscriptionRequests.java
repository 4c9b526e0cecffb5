package dev.hearth.runtime;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The wire of the Telemetry API and the Logs API: how a request to be subscribed is answered. Words for what comes too
/// late from AWS's runtime interface emulator.
final class SubscriptionRequests {
    private final boolean served;
    private final Supplier<@Nullable Telemetry> telemetry;

    /// @param served    whether there is telemetry at all
    /// @param telemetry null once nobody can subscribe any more
    SubscriptionRequests(boolean served, Supplier<@Nullable Telemetry> telemetry) {
        this.served = served;
        this.telemetry = telemetry;
    }

    boolean areServed() {
        return served;
    }

    Reply subscribe(TelemetryApi api, String extension, byte[] body) {
        Telemetry open = telemetry.get();
        if (open == null) {
            return closed(api);
        }
        return switch (SubscriptionBody.read(api, body)) {
            case SubscriptionBody.Read.Invalid(String message) -> Reply.badRequest(api.invalid, message);
            case SubscriptionBody.Read.Valid(Subscription subscription) ->
                switch (open.subscribe(extension, subscription)) {
                    case SUBSCRIBED -> Reply.SUBSCRIBED;
                    case CLOSED -> closed(api);
                    case OTHER_API ->
                        Reply.badRequest(
                                api.invalid,
                                "extension " + extension + " has subscribed by the " + other(api).word
                                        + " API already; use one of the two");
                };
        };
    }

    private static TelemetryApi other(TelemetryApi api) {
        return switch (api) {
            case TELEMETRY -> TelemetryApi.LOGS;
            case LOGS -> TelemetryApi.TELEMETRY;
        };
    }

    private static Reply closed(TelemetryApi api) {
        return Reply.forbidden(api.word + ".SubscriptionClosed", api.word + " API subscription is closed already");
    }
}
