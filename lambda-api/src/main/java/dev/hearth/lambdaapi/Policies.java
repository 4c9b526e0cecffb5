package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.catalog.RecordKind;
import dev.hearth.http.Response;
import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.FunctionAlias;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.ResourcePolicy;
import java.util.Optional;

/// Policies of functions, versions and aliases: kept and shown. Each has its revision from what it belongs to.
record Policies(Catalog catalog) {
    private static final String READ = "GetPolicy";

    Response add(LambdaOperation.AddPermission add) {
        FunctionRef function = add.function();
        if (function.qualifier().filter(FunctionVersion.LATEST::equals).isPresent()) {
            throw SettingsRules.invalid("We currently do not support adding policies for $LATEST.");
        }
        ResourcePolicy.Statement statement = Statements.of(
                add.statementId(),
                add.principal(),
                add.action(),
                function.arnAsNamed(),
                function.arn().scope().partition(),
                add.conditions());
        catalog.write(tx -> {
            Target target = target(tx, function);
            Statements.checkRevision(add.revisionId(), target.revisionId(), READ);
            ResourcePolicy policy = Statements.with(find(tx, function), statement, "");
            tx.put(RecordKind.POLICY, function.name(), function.qualifierOrLatest(), policy);
            revise(tx, target);
            return policy;
        });
        return Json.response(201, out -> out.writeStringProperty("Statement", statement.json()));
    }

    Response remove(LambdaOperation.RemovePermission remove) {
        FunctionRef function = remove.function();
        return catalog.write(tx -> {
            if (tx.version(function.name(), FunctionVersion.LATEST).isEmpty()) {
                throw new ApiException(ErrorCode.RESOURCE_NOT_FOUND, "No policy found for: " + function.arn());
            }
            Target target = target(tx, function);
            ResourcePolicy policy = find(tx, function)
                    .orElseThrow(() -> new ApiException(
                            ErrorCode.RESOURCE_NOT_FOUND, "No policy is associated with the given resource."));
            Optional<ResourcePolicy> left = Statements.without(policy, remove.statementId(), "");
            Statements.checkRevision(remove.revisionId(), target.revisionId(), READ);
            String key = function.qualifierOrLatest();
            left.ifPresentOrElse(
                    smaller -> tx.put(RecordKind.POLICY, function.name(), key, smaller),
                    () -> tx.remove(RecordKind.POLICY, function.name(), key));
            revise(tx, target);
            return Response.empty(204);
        });
    }

    private record Shown(String document, String revisionId) {}

    Response get(FunctionRef function) {
        Shown shown = catalog.read(tx -> {
            Lookup.version(tx, function);
            ResourcePolicy policy = find(tx, function)
                    .orElseThrow(() -> new ApiException(
                            ErrorCode.RESOURCE_NOT_FOUND, "The resource you requested does not exist."));
            return new Shown(Statements.document(policy), target(tx, function).revisionId());
        });
        return Json.response(200, out -> {
            out.writeStringProperty("Policy", shown.document());
            out.writeStringProperty("RevisionId", shown.revisionId());
        });
    }

    private static Target target(CatalogTransaction tx, FunctionRef function) {
        if (function.qualifier().isEmpty()) {
            return new Target(Optional.empty(), Lookup.latest(tx, function));
        }
        return Target.of(tx, function);
    }

    private static Optional<ResourcePolicy> find(CatalogTransaction tx, FunctionRef function) {
        return tx.find(RecordKind.POLICY, function.name(), function.qualifierOrLatest());
    }

    private static void revise(CatalogTransaction tx, Target target) {
        String revision = RequestIds.next();
        if (target.isAlias()) {
            FunctionAlias alias = target.alias().orElseThrow();
            tx.put(new FunctionAlias(
                    alias.function(),
                    alias.name(),
                    alias.version(),
                    alias.description(),
                    alias.routingWeights(),
                    revision));
        } else {
            tx.put(target.version().revised(revision, target.version().lastModified()));
        }
    }
}
