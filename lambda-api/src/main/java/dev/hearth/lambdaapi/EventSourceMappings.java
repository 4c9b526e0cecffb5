package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.catalog.RecordKind;
import dev.hearth.http.Response;
import dev.hearth.model.ApiException;
import dev.hearth.model.Clock;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.EventSourceMapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// Event source mappings: kept and shown with their life cycle. Nothing reads from the sources yet, so each change is
/// done when it was answered: the answer says what AWS's says while it works on it, the next read that it is done.
record EventSourceMappings(Catalog catalog, Destinations destinations, Clock clock) {

    Response create(LambdaOperation.CreateEventSourceMapping create) {
        EventSourceMapping mapping = catalog.write(tx -> {
            checkFunction(tx, create.function());
            EventSourceSettings settings = create.settings();
            checkNew(tx, create);
            checkDestinations(tx, create.function().name(), settings);
            var members = new LinkedHashMap<>(settings.source().defaults());
            members.putAll(settings.members());
            var made = new EventSourceMapping(
                    RequestIds.next(),
                    create.function().arn(),
                    create.function().qualifier(),
                    create.settings().arn(),
                    create.enabled(),
                    clock.now(),
                    members);
            tx.put(RecordKind.EVENT_SOURCE, RecordKind.ACCOUNT, made.uuid(), made);
            return made;
        });
        return answer(mapping, "Creating");
    }

    private static void checkNew(CatalogTransaction tx, LambdaOperation.CreateEventSourceMapping create) {
        Optional<String> arn = create.settings().arn();
        for (EventSourceMapping other : tx.list(RecordKind.EVENT_SOURCE)) {
            boolean same = arn.isPresent()
                    && arn.equals(other.sourceArn())
                    && other.functionArn().equals(create.function().arnAsNamed());
            if (same) {
                throw new ApiException(
                        ErrorCode.RESOURCE_CONFLICT,
                        create.settings()
                                .source()
                                .exists(arn.get(), create.function().name(), other.uuid()));
            }
        }
    }

    private static void checkFunction(CatalogTransaction tx, FunctionRef function) {
        if (!Lookup.exists(tx, function)) {
            throw SettingsRules.invalid("Function does not exist");
        }
    }

    private void checkDestinations(CatalogTransaction tx, String function, EventSourceSettings settings) {
        settings.destinations().ifPresent(pair -> destinations.check(tx, function, pair));
    }

    Response get(String uuid) {
        EventSourceMapping mapping = catalog.read(tx -> existing(tx, uuid));
        return Json.response(200, out -> write(out, mapping, settled(mapping)));
    }

    Response update(LambdaOperation.UpdateEventSourceMapping update) {
        record Changed(EventSourceMapping mapping, String state) {}
        Changed changed = catalog.write(tx -> {
            EventSourceMapping old = existing(tx, update.uuid());
            update.function().ifPresent(function -> checkFunction(tx, function));
            EventSourceSettings settings = EventSourceSettings.of(old.sourceArn(), update.members());
            FunctionRef function = update.function().orElseGet(() -> new FunctionRef(old.function(), old.qualifier()));
            checkDestinations(tx, function.name(), settings);
            var members = new LinkedHashMap<>(old.settings());
            settings.members().forEach((member, value) -> {
                // where it began to be read was settled by its creation
                if (!member.startsWith("StartingPosition")) {
                    members.put(member, value);
                }
            });
            settings.source().checkWindow(members);
            var mapping = new EventSourceMapping(
                    old.uuid(),
                    function.arn(),
                    function.qualifier(),
                    old.sourceArn(),
                    update.enabled().orElse(old.enabled()),
                    clock.now(),
                    members);
            tx.put(RecordKind.EVENT_SOURCE, RecordKind.ACCOUNT, mapping.uuid(), mapping);
            return new Changed(mapping, transition(old, mapping));
        });
        return answer(changed.mapping(), changed.state());
    }

    private static String transition(EventSourceMapping old, EventSourceMapping now) {
        if (old.enabled() == now.enabled()) {
            return "Updating";
        }
        return now.enabled() ? "Enabling" : "Disabling";
    }

    Response delete(String uuid) {
        EventSourceMapping deleted = catalog.write(tx -> {
            EventSourceMapping mapping = existing(tx, uuid);
            tx.remove(RecordKind.EVENT_SOURCE, RecordKind.ACCOUNT, uuid);
            return mapping;
        });
        return answer(deleted, "Deleting");
    }

    Response list(LambdaOperation.ListEventSourceMappings list) {
        List<EventSourceMapping> wanted = catalog.read(tx -> tx.list(RecordKind.EVENT_SOURCE)).stream()
                .filter(mapping ->
                        list.sourceArn().isEmpty() || list.sourceArn().equals(mapping.sourceArn()))
                .filter(mapping -> list.function().isEmpty()
                        || isOf(mapping, list.function().get()))
                .toList();
        return Paging.cutByKey(wanted, list.page(), EventSourceMapping::uuid)
                .response("EventSourceMappings", (out, mapping) -> write(out, mapping, settled(mapping)));
    }

    private static boolean isOf(EventSourceMapping mapping, FunctionRef function) {
        return mapping.function().equals(function.arn())
                && (function.qualifier().isEmpty() || function.qualifier().equals(mapping.qualifier()));
    }

    private static String settled(EventSourceMapping mapping) {
        return mapping.enabled() ? "Enabled" : "Disabled";
    }

    private static EventSourceMapping existing(CatalogTransaction tx, String uuid) {
        return tx.find(RecordKind.EVENT_SOURCE, RecordKind.ACCOUNT, uuid)
                .orElseThrow(() ->
                        new ApiException(ErrorCode.RESOURCE_NOT_FOUND, "The resource you requested does not exist."));
    }

    private static Response answer(EventSourceMapping mapping, String state) {
        return Json.response(202, out -> write(out, mapping, state));
    }

    private static void write(JsonGenerator out, EventSourceMapping mapping, String state) {
        out.writeStringProperty("UUID", mapping.uuid());
        out.writeStringProperty(
                "EventSourceMappingArn",
                "arn:%s:lambda:%s:%s:event-source-mapping:%s"
                        .formatted(
                                mapping.function().scope().partition(),
                                mapping.function().scope().region(),
                                mapping.function().scope().account(),
                                mapping.uuid()));
        mapping.sourceArn().ifPresent(arn -> out.writeStringProperty("EventSourceArn", arn));
        out.writeStringProperty("FunctionArn", mapping.functionArn());
        Times.writeEpoch(out, "LastModified", mapping.lastModified());
        out.writeStringProperty("State", state);
        mapping.settings().forEach((member, value) -> Json.write(out, member, value));
    }
}
