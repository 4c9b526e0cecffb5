package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.http.Response;
import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.FunctionAlias;
import dev.hearth.model.FunctionArn;
import dev.hearth.model.FunctionVersion;
import java.util.List;
import java.util.Map;

/// Creates, reads, changes and deletes aliases.
record Aliases(Catalog catalog, Provisioning provisioning) {

    Response create(LambdaOperation.CreateAlias create) {
        FunctionAlias alias = catalog.write(tx -> {
            checkTargets(tx, create.function().arn(), create.version(), create.routingWeights());
            String name = create.function().name();
            String arn = create.function().arn().qualified(create.name());
            if (tx.alias(name, create.name()).isPresent()) {
                throw new ApiException(ErrorCode.RESOURCE_CONFLICT, "Alias already exists: " + arn);
            }
            var made = new FunctionAlias(
                    create.function().arn(),
                    create.name(),
                    create.version(),
                    create.description(),
                    create.routingWeights(),
                    RequestIds.next());
            tx.put(made);
            return made;
        });
        return answer(201, alias);
    }

    Response get(LambdaOperation.GetAlias get) {
        FunctionAlias alias = catalog.read(tx -> find(tx, get.function(), get.name(), "Cannot find alias arn: "));
        return answer(200, alias);
    }

    Response update(LambdaOperation.UpdateAlias update) {
        FunctionAlias alias = provisioning.write(update.function().name(), tx -> {
            FunctionAlias old = find(tx, update.function(), update.name(), "Alias not found: ");
            Lookup.checkRevision(old, update.revisionId());
            var changed = new FunctionAlias(
                    old.function(),
                    old.name(),
                    update.version().orElse(old.version()),
                    update.description().orElse(old.description()),
                    update.routingWeights().orElse(old.routingWeights()),
                    RequestIds.next());
            checkTargets(tx, changed.function(), changed.version(), changed.routingWeights());
            tx.put(changed);
            return changed;
        });
        return answer(200, alias);
    }

    /// Deleting an alias that does not exist succeeds, as on AWS.
    Response delete(LambdaOperation.DeleteAlias delete) {
        return provisioning.write(delete.function().name(), tx -> {
            tx.deleteAlias(delete.function().name(), delete.name());
            return Response.empty(204);
        });
    }

    Response list(LambdaOperation.ListAliases list) {
        List<FunctionAlias> all = catalog.read(tx -> {
            Lookup.latest(tx, list.function());
            return tx.aliases(list.function().name());
        });
        List<FunctionAlias> wanted = all.stream()
                .filter(alias -> list.version().isEmpty()
                        || list.version().get().equals(alias.version())
                        || alias.routingWeights().containsKey(list.version().get()))
                .toList();
        Paging.Cut<FunctionAlias> page = Paging.cutWhole(
                wanted,
                list.page(),
                FunctionAlias::name,
                (alias, marker) -> alias.name().compareTo(marker) > 0);
        return Json.response(200, out -> {
            out.writeArrayPropertyStart("Aliases");
            for (FunctionAlias alias : page.entries()) {
                out.writeStartObject();
                AliasJson.write(out, alias);
                out.writeEndObject();
            }
            out.writeEndArray();
            page.writeNextMarker(out);
        });
    }

    private static FunctionAlias find(CatalogTransaction tx, FunctionRef function, String name, String notFound) {
        return tx.alias(function.name(), name)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.RESOURCE_NOT_FOUND, notFound + function.arn().qualified(name)));
    }

    private static void checkTargets(
            CatalogTransaction tx, FunctionArn function, String version, Map<String, Double> weights) {
        if (weights.size() > 1) {
            throw SettingsRules.invalid("Number of items in AdditionalVersionWeights cannot be greater than 1");
        }
        if (weights.containsKey(version)) {
            throw SettingsRules.invalid(
                    "Invalid function version %s. Function version %s is already included in routing configuration."
                            .formatted(version, version));
        }
        checkExists(tx, function, version);
        weights.keySet().forEach(other -> checkExists(tx, function, other));
        if (version.equals(FunctionVersion.LATEST) && !weights.isEmpty()) {
            throw SettingsRules.invalid(ErrorAnswer.LATEST_WITH_WEIGHTS);
        }
    }

    private static void checkExists(CatalogTransaction tx, FunctionArn function, String version) {
        if (tx.version(function.name(), version).isEmpty()) {
            throw FunctionRef.notFound(function.qualified(version));
        }
    }

    private static Response answer(int status, FunctionAlias alias) {
        return Json.response(status, out -> AliasJson.write(out, alias));
    }
}
