package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.engine.FunctionEngine;
import dev.hearth.http.Response;
import dev.hearth.model.FunctionSettings;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.UpdateStatus;
import dev.hearth.model.VersionState;
import java.util.List;
import java.util.Optional;

/// Publishes and lists versions.
record Versions(Catalog catalog, FunctionEngine engine, CodeQuotas quotas) {

    private record Published(FunctionVersion version, boolean isNew) {}

    Response publish(LambdaOperation.PublishVersion publish) {
        Published published = catalog.write(tx -> publish(tx, publish));
        if (published.isNew()) {
            engine.deployed(published.version());
        }
        return Json.response(
                201,
                out -> ConfigurationJson.write(
                        out, published.version(), published.version().qualifiedArn()));
    }

    private Published publish(CatalogTransaction tx, LambdaOperation.PublishVersion publish) {
        FunctionVersion latest = Lookup.latest(tx, publish.function());
        Lookup.checkRevision(latest, publish.revisionId());
        checkCode(latest, publish.codeSha256());
        Optional<FunctionVersion> last = lastPublished(tx, latest);
        if (last.isPresent() && isUnchanged(latest, last.get())) {
            return new Published(last.get(), false);
        }
        Lookup.checkSettled(latest);
        FunctionSettings settings = publish.description()
                .map(description -> latest.settings().withDescription(description))
                .orElse(latest.settings());
        var version = new FunctionVersion(
                latest.arn(),
                Long.toString(tx.takeVersionNumber(latest.name())),
                latest.code(),
                settings,
                newState(settings),
                UpdateStatus.Successful.INSTANCE,
                RequestIds.next(),
                latest.lastModified());
        tx.put(version);
        quotas.checkStorage(tx);
        tx.put(latest.revised(RequestIds.next(), latest.lastModified()));
        return new Published(version, true);
    }

    /// `$LATEST` is ready, so AWS shows its copy as ready at once; with SnapStart a snapshot is made of it first.
    private static VersionState newState(FunctionSettings settings) {
        return settings.hasSnapStart() ? VersionState.Pending.CREATING : VersionState.Active.INSTANCE;
    }

    private static void checkCode(FunctionVersion latest, Optional<String> expected) {
        String actual = latest.code().awsSha256();
        if (expected.isPresent() && !expected.get().equals(actual)) {
            throw SettingsRules.invalid(
                    "CodeSHA256 (%s) is different from current CodeSHA256 in $LATEST (%s). Please try again with the CodeSHA256 in $LATEST."
                            .formatted(expected.get(), actual));
        }
    }

    private static Optional<FunctionVersion> lastPublished(CatalogTransaction tx, FunctionVersion latest) {
        List<FunctionVersion> versions = tx.versions(latest.name());
        return Optional.of(versions.getLast()).filter(version -> !version.isLatest());
    }

    /// A published version may have been given a description of its own, so a description differs only when `$LATEST`
    /// was changed since.
    private static boolean isUnchanged(FunctionVersion latest, FunctionVersion last) {
        FunctionSettings described =
                last.settings().withDescription(latest.settings().description());
        boolean sameDescription =
                last.settings().description().equals(latest.settings().description())
                        || last.lastModified().equals(latest.lastModified());
        return last.code().equals(latest.code()) && described.equals(latest.settings()) && sameDescription;
    }

    Response list(LambdaOperation.ListVersionsByFunction list) {
        List<FunctionVersion> all = catalog.read(tx -> {
            Lookup.latest(tx, list.function());
            return tx.versions(list.function().name());
        });
        Paging.Cut<FunctionVersion> page = Paging.cutWhole(
                all,
                list.page(),
                FunctionVersion::version,
                (version, marker) -> Paging.versionNumber(version.version()) > Paging.versionNumber(marker));
        return Json.response(200, out -> {
            out.writeArrayPropertyStart("Versions");
            page.entries().forEach(version -> ConfigurationJson.writeListed(out, version, version.qualifiedArn()));
            out.writeEndArray();
            page.writeNextMarker(out);
        });
    }
}
