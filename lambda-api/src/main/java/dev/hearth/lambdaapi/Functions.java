package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.engine.FunctionEngine;
import dev.hearth.http.Response;
import dev.hearth.model.ApiException;
import dev.hearth.model.Clock;
import dev.hearth.model.CodeRef;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.EventIntake;
import dev.hearth.model.FunctionSettings;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.LayerRef;
import dev.hearth.model.UpdateStatus;
import dev.hearth.model.VersionState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Creates, reads, lists and deletes functions.
record Functions(
        Catalog catalog,
        FunctionEngine engine,
        EventIntake events,
        CodeIntake intake,
        SettingsRules rules,
        LayerResolver layers,
        CodeQuotas quotas,
        CodeLinks links,
        Clock clock) {

    /// What a function's creation put into the catalog; the last of them is what the caller is answered.
    private record Created(List<FunctionVersion> versions) {}

    private record Found(FunctionVersion version, Map<String, String> tags, OptionalInt reserved) {}

    Response create(LambdaOperation.CreateFunction create) throws IOException {
        rules.check(create.settings());
        if (create.settings().runtime().isEmpty() || create.settings().handler().isEmpty()) {
            if (!(create.code() instanceof CodeSource.Image)) {
                throw SettingsRules.invalid("Runtime and Handler are mandatory parameters for functions created with"
                        + " deployment packages.");
            }
        }
        Tags.check(create.tags());
        catalog.read(tx -> checkNew(tx, create.function()));
        CodeRef code = intake.store(create.code());
        quotas.checkUnpacked(code, catalog.read(tx -> layersOf(tx, create)));
        Created created = catalog.write(tx -> create(tx, create, code));
        created.versions().forEach(engine::deployed);
        return Json.response(
                201,
                out -> ConfigurationJson.write(
                        out,
                        created.versions().getLast(),
                        create.function().arn().toString()));
    }

    private Created create(CatalogTransaction tx, LambdaOperation.CreateFunction create, CodeRef code) {
        checkNew(tx, create.function());
        List<LayerRef> refs = layersOf(tx, create);
        FunctionSettings settings = create.settings()
                .applyTo(SettingsChange.defaults(create.function().name()), refs);
        rules.check(settings);
        var versions = new ArrayList<FunctionVersion>();
        versions.add(pending(create.function(), FunctionVersion.LATEST, code, settings));
        if (create.publish()) {
            long number = tx.takeVersionNumber(create.function().name());
            versions.add(pending(create.function(), Long.toString(number), code, settings));
        }
        versions.forEach(tx::put);
        quotas.checkStorage(tx);
        create.codeSigningConfigArn().ifPresent(arn -> {
            CodeSigning.checkAttachable(tx, arn);
            CodeSigning.attach(tx, create.function().name(), arn);
        });
        if (!create.tags().isEmpty()) {
            tx.putTags(create.function().name(), create.tags());
        }
        return new Created(versions);
    }

    private List<LayerRef> layersOf(CatalogTransaction tx, LambdaOperation.CreateFunction create) {
        return layers.resolve(tx, create.settings().layers().orElse(List.of()), List.of());
    }

    private static boolean checkNew(CatalogTransaction tx, FunctionRef function) {
        if (tx.version(function.name(), FunctionVersion.LATEST).isPresent()) {
            throw new ApiException(ErrorCode.RESOURCE_CONFLICT, "Function already exist: " + function.name());
        }
        return true;
    }

    private FunctionVersion pending(FunctionRef function, String version, CodeRef code, FunctionSettings settings) {
        return new FunctionVersion(
                function.arn(),
                version,
                code,
                settings,
                VersionState.Pending.CREATING,
                UpdateStatus.Successful.INSTANCE,
                RequestIds.next(),
                clock.now());
    }

    Response get(LambdaOperation.GetFunction get) {
        Found found = catalog.read(tx -> new Found(
                Lookup.version(tx, get.function()),
                tx.tags(get.function().name()),
                tx.reservedConcurrency(get.function().name())));
        return Json.response(200, out -> {
            out.writeObjectPropertyStart("Configuration");
            ConfigurationJson.write(out, found.version(), get.function().arnAsNamed());
            out.writeEndObject();
            out.writeObjectPropertyStart("Code");
            out.writeStringProperty("RepositoryType", "S3");
            out.writeStringProperty(
                    "Location", links.link(get.endpoint(), found.version().code()));
            out.writeEndObject();
            if (!found.tags().isEmpty()) {
                out.writeObjectPropertyStart("Tags");
                found.tags().forEach(out::writeStringProperty);
                out.writeEndObject();
            }
            found.reserved().ifPresent(reserved -> {
                out.writeObjectPropertyStart("Concurrency");
                out.writeNumberProperty("ReservedConcurrentExecutions", reserved);
                out.writeEndObject();
            });
        });
    }

    Response getConfiguration(FunctionRef function) {
        FunctionVersion version = catalog.read(tx -> Lookup.version(tx, function));
        return Json.response(200, out -> ConfigurationJson.write(out, version, function.arnAsNamed()));
    }

    Response list(LambdaOperation.ListFunctions list) {
        var page = catalog.read(tx ->
                list.allVersions() ? FunctionList.allVersions(tx, list.page()) : FunctionList.latest(tx, list.page()));
        return Json.response(200, out -> {
            out.writeArrayPropertyStart("Functions");
            page.entries()
                    .forEach(version -> ConfigurationJson.writeListed(
                            out,
                            version,
                            list.allVersions()
                                    ? version.qualifiedArn()
                                    : version.arn().toString()));
            out.writeEndArray();
            page.writeNextMarker(out);
        });
    }

    Response delete(FunctionRef function) {
        List<FunctionVersion> removed = catalog.write(tx -> delete(tx, function));
        removed.forEach(engine::removed);
        if (function.qualifier().isEmpty()) {
            events.functionDeleted(function.name());
        }
        return Response.empty(204);
    }

    private static List<FunctionVersion> delete(CatalogTransaction tx, FunctionRef function) {
        if (function.qualifier().isPresent()) {
            return List.of(deleteVersion(tx, function, function.qualifier().get()));
        }
        Lookup.latest(tx, function);
        List<FunctionVersion> versions = tx.versions(function.name());
        tx.deleteFunction(function.name());
        return versions;
    }

    private static FunctionVersion deleteVersion(CatalogTransaction tx, FunctionRef function, String version) {
        if (!Lookup.isVersion(version)) {
            throw SettingsRules.invalid("Deletion of aliases is not currently supported.");
        }
        if (version.equals(FunctionVersion.LATEST)) {
            throw SettingsRules.invalid("$LATEST version cannot be deleted without deleting the function.");
        }
        FunctionVersion found = tx.version(function.name(), version).orElseThrow(function::notFound);
        List<String> aliases = tx.aliases(function.name()).stream()
                .filter(alias -> alias.version().equals(version)
                        || alias.routingWeights().containsKey(version))
                .map(alias -> alias.name())
                .toList();
        if (!aliases.isEmpty()) {
            throw new ApiException(
                    ErrorCode.RESOURCE_CONFLICT,
                    "Unable to delete version because the following aliases reference it: " + aliases);
        }
        tx.deleteVersion(function.name(), version);
        return found;
    }
}
