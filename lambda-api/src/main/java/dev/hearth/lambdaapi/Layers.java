package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.http.Response;
import dev.hearth.model.ApiException;
import dev.hearth.model.Clock;
import dev.hearth.model.CodeRef;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.LayerArn;
import dev.hearth.model.LayerVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Publishes, reads, lists and deletes layer versions.
record Layers(Catalog catalog, CodeIntake intake, CodeQuotas quotas, CodeLinks links, Clock clock) {

    Response publish(LambdaOperation.PublishLayerVersion publish) throws IOException {
        CodeRef code = intake.store(publish.code());
        LayerVersion version = catalog.write(tx -> {
            var made = new LayerVersion(
                    publish.layer(),
                    tx.takeLayerVersionNumber(publish.layer().name()),
                    publish.description(),
                    code,
                    publish.compatibleRuntimes().orElse(List.of()),
                    publish.compatibleArchitectures().orElse(List.of()),
                    publish.licenseInfo(),
                    clock.now());
            tx.put(made);
            quotas.checkStorage(tx);
            return made;
        });
        return Json.response(201, out -> {
            LayerJson.write(out, version, links.link(publish.endpoint(), code));
            publish.compatibleRuntimes().filter(List::isEmpty).ifPresent(none -> LayerJson.writeRuntimes(out, none));
            publish.compatibleArchitectures()
                    .filter(List::isEmpty)
                    .ifPresent(none -> LayerJson.writeArchitectures(out, none));
        });
    }

    Response get(LayerArn layer, long number, String endpoint) {
        LayerVersion version = catalog.read(tx -> tx.layerVersion(layer.name(), number))
                .orElseThrow(() ->
                        new ApiException(ErrorCode.RESOURCE_NOT_FOUND, "The resource you requested does not exist."));
        return Json.response(200, out -> LayerJson.write(out, version, links.link(endpoint, version.code())));
    }

    /// A layer that does not exist has no versions, as on AWS.
    Response listVersions(LambdaOperation.ListLayerVersions list) {
        List<LayerVersion> all =
                catalog.read(tx -> tx.layerVersions(list.layer().name()));
        List<LayerVersion> matching =
                all.stream().filter(version -> matches(version, list.filter())).toList();
        Paging.Cut<LayerVersion> page = Paging.cutWhole(
                matching,
                list.page(),
                version -> Long.toString(version.version()),
                (version, marker) -> version.version() < Paging.versionNumber(marker));
        return Json.response(200, out -> {
            out.writeArrayPropertyStart("LayerVersions");
            for (LayerVersion version : page.entries()) {
                out.writeStartObject();
                LayerJson.writeListed(out, version);
                out.writeEndObject();
            }
            out.writeEndArray();
            page.writeNextMarker(out);
        });
    }

    Response list(LambdaOperation.ListLayers list) {
        Paging.Cut<LayerVersion> page = Paging.cut(
                catalog.read(tx -> latestMatching(tx, list)),
                list.page(),
                version -> version.layer().name());
        return Json.response(200, out -> {
            out.writeArrayPropertyStart("Layers");
            for (LayerVersion version : page.entries()) {
                out.writeStartObject();
                out.writeStringProperty("LayerName", version.layer().name());
                out.writeStringProperty("LayerArn", version.layer().toString());
                out.writeObjectPropertyStart("LatestMatchingVersion");
                LayerJson.writeListed(out, version);
                out.writeEndObject();
                out.writeEndObject();
            }
            out.writeEndArray();
            page.writeNextMarker(out);
        });
    }

    /// The newest version of each layer that the filter lets through, one more than a page holds.
    private static List<LayerVersion> latestMatching(CatalogTransaction tx, LambdaOperation.ListLayers list) {
        int wanted = Paging.limit(list.page()) + 1;
        var found = new ArrayList<LayerVersion>();
        String after = list.page().after();
        List<LayerVersion> newest = tx.layers(after, wanted);
        while (!newest.isEmpty() && found.size() < wanted) {
            for (LayerVersion candidate : newest) {
                latestMatching(tx, candidate, list.filter()).ifPresent(found::add);
            }
            after = newest.getLast().layer().name();
            newest = tx.layers(after, wanted);
        }
        return found.subList(0, Math.min(found.size(), wanted));
    }

    private static Optional<LayerVersion> latestMatching(
            CatalogTransaction tx, LayerVersion newest, LambdaOperation.LayerFilter filter) {
        if (matches(newest, filter)) {
            return Optional.of(newest);
        }
        return tx.layerVersions(newest.layer().name()).stream()
                .filter(version -> matches(version, filter))
                .findFirst();
    }

    private static boolean matches(LayerVersion version, LambdaOperation.LayerFilter filter) {
        return filter.runtime().map(version.compatibleRuntimes()::contains).orElse(true)
                && filter.architecture()
                        .map(version.compatibleArchitectures()::contains)
                        .orElse(true);
    }

    /// Deleting a layer version that does not exist succeeds, as on AWS. Functions that use it keep it.
    Response delete(LambdaOperation.DeleteLayerVersion delete) {
        return catalog.write(tx -> {
            tx.deleteLayerVersion(delete.layer().name(), delete.version());
            return Response.empty(204);
        });
    }
}
