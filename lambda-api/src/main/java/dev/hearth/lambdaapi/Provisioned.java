package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.catalog.RecordKind;
import dev.hearth.engine.FunctionEngine;
import dev.hearth.http.Response;
import dev.hearth.model.ApiException;
import dev.hearth.model.Clock;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.FunctionAlias;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.ProvisionedConcurrency;
import dev.hearth.model.VersionState;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// Provisioned concurrency of versions and aliases. How many instances there are is the engine's to say: what was
/// asked for is durable, what is available is not.
record Provisioned(
        Catalog catalog, FunctionEngine engine, Provisioning provisioning, AccountConcurrency account, Clock clock) {
    private static final String NEEDS_PUBLISHED =
            "The function resource provided must be an alias or a published version.";

    /// What a list or a read shows of one configuration.
    private record Status(ProvisionedConcurrency config, int available, Optional<String> failure) {
        String name() {
            if (failure.isPresent()) {
                return "FAILED";
            }
            return available >= config.instances() ? "READY" : "IN_PROGRESS";
        }
    }

    Response put(LambdaOperation.PutProvisionedConcurrencyConfig put) {
        ProvisionedConcurrency made = provisioning.write(put.function().name(), tx -> {
            check(tx, put);
            var config = new ProvisionedConcurrency(
                    put.function().arn(), put.function().qualifierOrLatest(), put.instances(), clock.now());
            tx.put(RecordKind.PROVISIONED, put.function().name(), config.qualifier(), config);
            return config;
        });
        return Json.response(202, out -> write(out, new Status(made, 0, Optional.empty()), "IN_PROGRESS"));
    }

    private void check(CatalogTransaction tx, LambdaOperation.PutProvisionedConcurrencyConfig put) {
        FunctionRef function = put.function();
        Target target = Target.of(tx, function);
        if (target.version().isLatest()) {
            throw SettingsRules.invalid(
                    "Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
        }
        if (target.alias().filter(alias -> !alias.routingWeights().isEmpty()).isPresent()) {
            throw SettingsRules.invalid("Alias with weights can not be used with Provisioned Concurrency");
        }
        account.checkProvisioned(tx, function.name(), function.qualifierOrLatest(), put.instances());
        if (target.version().settings().hasSnapStart()) {
            throw SettingsRules.invalid("Provisioned Concurrency is not supported for SnapStart enabled functions.");
        }
        if (target.isAlias()) {
            if (provisioned(tx, function.name(), target.version().version())) {
                throw new ApiException(
                        ErrorCode.RESOURCE_CONFLICT,
                        "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version");
            }
        } else if (isPointedToByProvisionedAlias(tx, target.version())) {
            throw new ApiException(
                    ErrorCode.RESOURCE_CONFLICT, "Version is pointed by a Provisioned Concurrency alias");
        }
    }

    private static boolean provisioned(CatalogTransaction tx, String function, String qualifier) {
        return tx.find(RecordKind.PROVISIONED, function, qualifier).isPresent();
    }

    private static boolean isPointedToByProvisionedAlias(CatalogTransaction tx, FunctionVersion version) {
        return tx.aliases(version.name()).stream()
                .filter(alias -> alias.version().equals(version.version()))
                .map(FunctionAlias::name)
                .anyMatch(alias -> provisioned(tx, version.name(), alias));
    }

    Response get(FunctionRef function) {
        checkPublished(function);
        Status status = catalog.read(tx -> {
            Target.of(tx, function);
            return tx.find(RecordKind.PROVISIONED, function.name(), function.qualifierOrLatest())
                    .map(config -> status(tx, config))
                    .orElseThrow(() -> new ApiException(
                            ErrorCode.PROVISIONED_CONCURRENCY_CONFIG_NOT_FOUND,
                            "No Provisioned Concurrency Config found for this function"));
        });
        return Json.response(200, out -> write(out, status, status.name()));
    }

    /// Deleting what was never put succeeds, as on AWS.
    Response delete(FunctionRef function) {
        checkPublished(function);
        return provisioning.write(function.name(), tx -> {
            Target.of(tx, function);
            tx.remove(RecordKind.PROVISIONED, function.name(), function.qualifierOrLatest());
            return Response.empty(204);
        });
    }

    Response list(LambdaOperation.ListProvisionedConcurrencyConfigs list) {
        List<Status> all = catalog.read(tx -> {
            Lookup.latest(tx, list.function());
            return tx.list(RecordKind.PROVISIONED, list.function().name()).stream()
                    .map(config -> status(tx, config))
                    .toList();
        });
        Paging.Cut<Status> page =
                Paging.cutByKey(all, list.page(), status -> status.config().qualifier());
        return page.response("ProvisionedConcurrencyConfigs", (out, status) -> {
            out.writeStringProperty(
                    "FunctionArn",
                    status.config().function().qualified(status.config().qualifier()));
            write(out, status, status.name());
        });
    }

    private static void checkPublished(FunctionRef function) {
        if (function.qualifierOrLatest().equals(FunctionVersion.LATEST)) {
            throw SettingsRules.invalid(NEEDS_PUBLISHED);
        }
    }

    private Status status(CatalogTransaction tx, ProvisionedConcurrency config) {
        int available = 0;
        Optional<String> failure = Optional.empty();
        for (var share : tx.shares(config).entrySet()) {
            Optional<FunctionVersion> version = tx.version(config.function().name(), share.getKey());
            if (version.isPresent()) {
                available += Math.min(engine.initialisedInstances(version.get()), share.getValue());
                failure = failure.or(() -> failure(version.get().state()));
            }
        }
        return new Status(config, available, failure);
    }

    private static Optional<String> failure(VersionState state) {
        return switch (state) {
            case VersionState.Failed failed -> Optional.of(failed.reason());
            case VersionState.Active active -> Optional.empty();
            case VersionState.Pending pending -> Optional.empty();
        };
    }

    private static void write(JsonGenerator out, Status status, String name) {
        out.writeNumberProperty(
                "RequestedProvisionedConcurrentExecutions", status.config().instances());
        out.writeNumberProperty("AvailableProvisionedConcurrentExecutions", status.available());
        out.writeNumberProperty("AllocatedProvisionedConcurrentExecutions", status.available());
        out.writeStringProperty("Status", name);
        status.failure().ifPresent(reason -> out.writeStringProperty("StatusReason", reason));
        out.writeStringProperty("LastModified", Times.seconds(status.config().lastModified()));
    }
}
