package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.catalog.RecordKind;
import dev.hearth.http.Response;
import dev.hearth.model.ApiException;
import dev.hearth.model.Clock;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.EventInvokeConfig;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// What becomes of asynchronous events: how often they are tried again, how old they may grow, where records of them
/// go.
record EventInvokeConfigs(Catalog catalog, Destinations destinations, Clock clock) {

    Response put(LambdaOperation.PutFunctionEventInvokeConfig put) {
        return answer(catalog.write(tx -> {
            checkFunction(tx, put.function());
            return store(
                    tx,
                    put.function(),
                    new EventInvokeConfig(
                            put.function().arn(),
                            put.function().qualifierOrLatest(),
                            put.change().maximumRetries(),
                            put.change().maximumAgeSeconds(),
                            put.change().destinations().flatMap(Destinations.Pair::onSuccess),
                            put.change().destinations().flatMap(Destinations.Pair::onFailure),
                            clock.now()),
                    put.change());
        }));
    }

    /// Changes what is named and leaves the rest as it is.
    Response update(LambdaOperation.UpdateFunctionEventInvokeConfig update) {
        return answer(catalog.write(tx -> {
            checkFunction(tx, update.function());
            EventInvokeConfig old = find(tx, update.function());
            LambdaOperation.EventInvokeChange change = update.change();
            return store(
                    tx,
                    update.function(),
                    new EventInvokeConfig(
                            old.function(),
                            old.qualifier(),
                            change.maximumRetries().or(old::maximumRetries),
                            change.maximumAgeSeconds().or(old::maximumAgeSeconds),
                            change.destinations()
                                    .map(Destinations.Pair::onSuccess)
                                    .orElse(old.onSuccess()),
                            change.destinations()
                                    .map(Destinations.Pair::onFailure)
                                    .orElse(old.onFailure()),
                            clock.now()),
                    change);
        }));
    }

    private EventInvokeConfig store(
            CatalogTransaction tx,
            FunctionRef function,
            EventInvokeConfig config,
            LambdaOperation.EventInvokeChange change) {
        change.destinations().ifPresent(pair -> destinations.check(tx, function.name(), pair));
        tx.put(RecordKind.EVENT_INVOKE, function.name(), config.qualifier(), config);
        return config;
    }

    Response get(FunctionRef function) {
        return answer(catalog.read(tx -> find(tx, function)));
    }

    Response delete(FunctionRef function) {
        return catalog.write(tx -> {
            EventInvokeConfig config = find(tx, function);
            tx.remove(RecordKind.EVENT_INVOKE, function.name(), config.qualifier());
            return Response.empty(204);
        });
    }

    Response list(LambdaOperation.ListFunctionEventInvokeConfigs list) {
        var all = catalog.read(tx -> {
            checkFunction(tx, list.function());
            return tx.list(RecordKind.EVENT_INVOKE, list.function().name());
        });
        Paging.Cut<EventInvokeConfig> page = Paging.cutByKey(all, list.page(), EventInvokeConfig::qualifier);
        return page.response("FunctionEventInvokeConfigs", EventInvokeConfigs::write);
    }

    private static void checkFunction(CatalogTransaction tx, FunctionRef function) {
        boolean exists = Lookup.exists(tx, function);
        if (!exists) {
            throw new ApiException(ErrorCode.RESOURCE_NOT_FOUND, "The function doesn't exist.");
        }
    }

    private static EventInvokeConfig find(CatalogTransaction tx, FunctionRef function) {
        return tx.find(RecordKind.EVENT_INVOKE, function.name(), function.qualifierOrLatest())
                .orElseThrow(() -> new ApiException(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "The function %s doesn't have an EventInvokeConfig"
                                .formatted(function.arn().qualified(function.qualifierOrLatest()))));
    }

    private static Response answer(EventInvokeConfig config) {
        return Json.response(200, out -> write(out, config));
    }

    private static void write(JsonGenerator out, EventInvokeConfig config) {
        Times.writeEpoch(out, "LastModified", config.lastModified());
        out.writeStringProperty("FunctionArn", config.function().qualified(config.qualifier()));
        config.maximumRetries().ifPresent(value -> out.writeNumberProperty("MaximumRetryAttempts", value));
        config.maximumAgeSeconds().ifPresent(value -> out.writeNumberProperty("MaximumEventAgeInSeconds", value));
        out.writeObjectPropertyStart("DestinationConfig");
        writeDestination(out, "OnSuccess", config.onSuccess());
        writeDestination(out, "OnFailure", config.onFailure());
        out.writeEndObject();
    }

    private static void writeDestination(JsonGenerator out, String member, Optional<String> arn) {
        out.writeObjectPropertyStart(member);
        arn.ifPresent(value -> out.writeStringProperty("Destination", value));
        out.writeEndObject();
    }
}
