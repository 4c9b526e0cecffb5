package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.catalog.RecordKind;
import dev.hearth.http.Response;
import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.LayerArn;
import dev.hearth.model.ResourcePolicy;
import java.util.Optional;

/// Policies of layer versions: kept and shown.
record LayerPolicies(Catalog catalog) {
    private static final String READ = "GetLayerPolicy";

    Response add(LambdaOperation.AddLayerVersionPermission add) {
        ResourcePolicy.Statement statement = Statements.of(
                add.statementId(),
                add.principal(),
                add.action(),
                add.layer().version(add.version()),
                add.layer().scope().partition(),
                new Statements.Conditions().add("StringEquals", "aws:PrincipalOrgID", add.organizationId()));
        ResourcePolicy policy = catalog.write(tx -> {
            checkExists(tx, add.layer(), add.version());
            Optional<ResourcePolicy> old = find(tx, add.layer(), add.version());
            Statements.checkRevision(
                    add.revisionId(), old.map(ResourcePolicy::revisionId).orElse(""), READ);
            ResourcePolicy larger = Statements.with(old, statement, RequestIds.next());
            tx.put(RecordKind.LAYER_POLICY, add.layer().name(), Long.toString(add.version()), larger);
            return larger;
        });
        return Json.response(201, out -> {
            out.writeStringProperty("Statement", statement.json());
            out.writeStringProperty("RevisionId", policy.revisionId());
        });
    }

    Response remove(LambdaOperation.RemoveLayerVersionPermission remove) {
        return catalog.write(tx -> {
            String layer = remove.layer().name();
            String version = Long.toString(remove.version());
            ResourcePolicy policy = existing(tx, remove.layer(), remove.version());
            Statements.checkRevision(remove.revisionId(), policy.revisionId(), READ);
            Statements.without(policy, remove.statementId(), RequestIds.next())
                    .ifPresentOrElse(
                            smaller -> tx.put(RecordKind.LAYER_POLICY, layer, version, smaller),
                            () -> tx.remove(RecordKind.LAYER_POLICY, layer, version));
            return Response.empty(204);
        });
    }

    Response get(LambdaOperation.GetLayerVersionPolicy get) {
        ResourcePolicy policy = catalog.read(tx -> existing(tx, get.layer(), get.version()));
        return Json.response(200, out -> {
            out.writeStringProperty("Policy", Statements.document(policy));
            out.writeStringProperty("RevisionId", policy.revisionId());
        });
    }

    private static ResourcePolicy existing(CatalogTransaction tx, LayerArn layer, long version) {
        checkExists(tx, layer, version);
        return find(tx, layer, version)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.RESOURCE_NOT_FOUND, "No policy is associated with the given resource."));
    }

    private static void checkExists(CatalogTransaction tx, LayerArn layer, long version) {
        if (tx.layerVersion(layer.name(), version).isEmpty()) {
            throw new ApiException(
                    ErrorCode.RESOURCE_NOT_FOUND, "Layer version " + layer.version(version) + " does not exist.");
        }
    }

    private static Optional<ResourcePolicy> find(CatalogTransaction tx, LayerArn layer, long version) {
        return tx.find(RecordKind.LAYER_POLICY, layer.name(), Long.toString(version));
    }
}
