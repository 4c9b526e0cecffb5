package dev.hearth.lambdaapi;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Parses requests about event source mappings.
final class EventSourceRequests {
    private static final int LIST_MAX = 10_000;
    private static final List<String> POSITIONS = List.of("LATEST", "AT_TIMESTAMP", "TRIM_HORIZON");

    private EventSourceRequests() {}

    static LambdaOperation create(Call call) throws IOException {
        Fields body = call.body();
        var violations = new Violations();
        Optional<String> arn =
                PolicyRequests.optional(body, "EventSourceArn", "eventSourceArn", Patterns.ARN, violations);
        EventSourceSettings.check(body, violations);
        Optional<String> position = body.string("StartingPosition");
        position.ifPresent(value -> violations.oneOf("startingPosition", value, POSITIONS));
        Optional<String> name = body.string("FunctionName");
        violations.required("functionName", name);
        if (name.isEmpty()) {
            violations.throwIfAny();
        }
        FunctionRef function = call.names().namespaced(name.orElseThrow(), Optional.empty(), violations);
        EventSourceSettings settings = EventSourceSettings.of(arn, body);
        if (settings.source().needsStartingPosition(arn) && position.isEmpty()) {
            throw SettingsRules.invalid(
                    "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.");
        }
        if (position.filter("AT_TIMESTAMP"::equals).isPresent()
                && arn.filter(value -> value.contains(":dynamodb:")).isPresent()) {
            throw SettingsRules.invalid("Unsupported starting position for arn type: " + arn.get());
        }
        EventSourceSettings.checkFilters(body);
        settings.source().checkWindow(settings.members());
        return new LambdaOperation.CreateEventSourceMapping(
                function, settings, body.optionalFlag("Enabled").orElse(true));
    }

    static LambdaOperation update(Call call) throws IOException {
        Fields body = call.body();
        var violations = new Violations();
        EventSourceSettings.check(body, violations);
        Optional<FunctionRef> function =
                body.string("FunctionName").map(name -> call.names().namespaced(name, Optional.empty(), violations));
        violations.throwIfAny();
        EventSourceSettings.checkFilters(body);
        return new LambdaOperation.UpdateEventSourceMapping(
                call.path("UUID"), function, body, body.optionalFlag("Enabled"));
    }

    static LambdaOperation get(Call call) {
        return new LambdaOperation.GetEventSourceMapping(call.path("UUID"));
    }

    static LambdaOperation delete(Call call) {
        return new LambdaOperation.DeleteEventSourceMapping(call.path("UUID"));
    }

    static LambdaOperation list(Call call) {
        var violations = new Violations();
        Optional<String> arn = call.query().first("EventSourceArn");
        arn.ifPresent(value -> violations.matches("eventSourceArn", value, Patterns.ARN));
        LambdaOperation.Page page = call.page(LIST_MAX, violations);
        Optional<FunctionRef> function = call.query()
                .first("FunctionName")
                .map(name -> call.names().namespaced(name, Optional.empty(), violations));
        violations.throwIfAny();
        return new LambdaOperation.ListEventSourceMappings(arn, function, page);
    }
}
