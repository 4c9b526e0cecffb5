package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.engine.FunctionEngine;
import dev.hearth.http.Response;
import dev.hearth.model.Clock;
import dev.hearth.model.CodeRef;
import dev.hearth.model.FunctionSettings;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.LayerRef;
import dev.hearth.model.UpdateStatus;
import dev.hearth.model.VersionState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Changes `$LATEST`: its code and its configuration.
record FunctionUpdates(
        Catalog catalog,
        FunctionEngine engine,
        CodeIntake intake,
        SettingsRules rules,
        LayerResolver layers,
        CodeQuotas quotas,
        Clock clock) {

    Response updateCode(LambdaOperation.UpdateFunctionCode update) throws IOException {
        List<LayerRef> used = catalog.read(tx -> checked(tx, update)).settings().layers();
        CodeRef code = intake.store(update.code());
        quotas.checkUnpacked(code, used);
        if (update.dryRun()) {
            FunctionVersion would = catalog.read(tx -> withCode(checked(tx, update), code, update));
            return answer(would);
        }
        List<FunctionVersion> changed = catalog.write(tx -> updateCode(tx, update, code));
        changed.forEach(engine::deployed);
        return answer(changed.getLast());
    }

    private static FunctionVersion checked(CatalogTransaction tx, LambdaOperation.UpdateFunctionCode update) {
        FunctionVersion latest = Lookup.latest(tx, update.function());
        Lookup.checkRevision(latest, update.revisionId());
        Lookup.checkSettled(latest);
        return latest;
    }

    private List<FunctionVersion> updateCode(
            CatalogTransaction tx, LambdaOperation.UpdateFunctionCode update, CodeRef code) {
        FunctionVersion latest = inProgress(withCode(checked(tx, update), code, update));
        var changed = new ArrayList<FunctionVersion>();
        changed.add(latest);
        if (update.publish()) {
            changed.add(new FunctionVersion(
                    latest.arn(),
                    Long.toString(tx.takeVersionNumber(latest.name())),
                    latest.code(),
                    latest.settings(),
                    VersionState.Pending.CREATING,
                    UpdateStatus.Successful.INSTANCE,
                    RequestIds.next(),
                    latest.lastModified()));
        }
        changed.forEach(tx::put);
        quotas.checkStorage(tx);
        return changed;
    }

    private static FunctionVersion withCode(
            FunctionVersion latest, CodeRef code, LambdaOperation.UpdateFunctionCode update) {
        return latest.withCode(code)
                .withSettings(latest.settings()
                        .withArchitecture(
                                update.architecture().orElse(latest.settings().architecture())));
    }

    Response updateConfiguration(LambdaOperation.UpdateFunctionConfiguration update) throws IOException {
        rules.check(update.settings());
        if (update.settings().layers().isPresent()) {
            FunctionVersion before = catalog.read(tx -> Lookup.latest(tx, update.function()));
            quotas.checkUnpacked(before.code(), catalog.read(tx -> layersOf(tx, update, before.settings())));
        }
        FunctionVersion changed = catalog.write(tx -> {
            FunctionVersion latest = Lookup.latest(tx, update.function());
            Lookup.checkRevision(latest, update.revisionId());
            Lookup.checkSettled(latest);
            FunctionSettings settings = latest.settings();
            List<LayerRef> refs = layersOf(tx, update, settings);
            FunctionSettings changedSettings = update.settings().applyTo(settings, refs);
            rules.check(changedSettings);
            FunctionVersion updated = inProgress(latest.withSettings(changedSettings));
            tx.put(updated);
            return updated;
        });
        engine.deployed(changed);
        return answer(changed);
    }

    private List<LayerRef> layersOf(
            CatalogTransaction tx, LambdaOperation.UpdateFunctionConfiguration update, FunctionSettings current) {
        return update.settings()
                .layers()
                .map(arns -> layers.resolve(tx, arns, current.layers()))
                .orElse(current.layers());
    }

    private FunctionVersion inProgress(FunctionVersion version) {
        return version.withUpdateStatus(UpdateStatus.InProgress.UPDATING).revised(RequestIds.next(), clock.now());
    }

    private static Response answer(FunctionVersion version) {
        String arn = version.isLatest() ? version.arn().toString() : version.qualifiedArn();
        return Json.response(200, out -> ConfigurationJson.write(out, version, arn));
    }
}
