package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.catalog.RecordKind;
import dev.hearth.http.Response;
import dev.hearth.model.ApiException;
import dev.hearth.model.Clock;
import dev.hearth.model.CodeSigningConfig;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// Code signing configurations and which functions have them: kept and shown. No signature is checked yet.
record CodeSigning(Catalog catalog, Scope scope, Clock clock) {
    private static final int ID_DIGITS = 17;
    private static final int PAGE = 1_000;

    Response create(LambdaOperation.CreateCodeSigningConfig create) {
        String arn = "arn:%s:lambda:%s:%s:code-signing-config:csc-%s"
                .formatted(scope.partition(), scope.region(), scope.account(), newId());
        var config = new CodeSigningConfig(
                arn, create.description(), create.publishers(), create.policy().orElse("Warn"), clock.now());
        catalog.change(tx -> tx.put(RecordKind.CODE_SIGNING, RecordKind.ACCOUNT, arn, config));
        return answer(201, config);
    }

    private static String newId() {
        return RequestIds.next().replace("-", "").substring(0, ID_DIGITS);
    }

    Response get(String arn) {
        return answer(200, catalog.read(tx -> existing(tx, arn)));
    }

    Response update(LambdaOperation.UpdateCodeSigningConfig update) {
        return answer(200, catalog.write(tx -> {
            CodeSigningConfig old = existing(tx, update.arn());
            var changed = new CodeSigningConfig(
                    old.arn(),
                    update.description().orElse(old.description()),
                    update.publishers().orElse(old.publishers()),
                    update.policy().orElse(old.policy()),
                    clock.now());
            tx.put(RecordKind.CODE_SIGNING, RecordKind.ACCOUNT, changed.arn(), changed);
            return changed;
        }));
    }

    Response delete(String arn) {
        return catalog.write(tx -> {
            existing(tx, arn);
            List<String> users = functions(tx, arn);
            if (!users.isEmpty()) {
                throw new ApiException(
                        ErrorCode.RESOURCE_CONFLICT,
                        "Cannot delete the code signing configuration " + arn + ": the function " + users.getFirst()
                                + " uses it; detach it with DeleteFunctionCodeSigningConfig first.");
            }
            tx.remove(RecordKind.CODE_SIGNING, RecordKind.ACCOUNT, arn);
            return Response.empty(204);
        });
    }

    Response list(LambdaOperation.Page wanted) {
        List<CodeSigningConfig> all = catalog.read(tx -> tx.list(RecordKind.CODE_SIGNING));
        return Paging.cutByKey(all, wanted, CodeSigningConfig::arn).response("CodeSigningConfigs", CodeSigning::write);
    }

    Response listFunctions(LambdaOperation.ListFunctionsByCodeSigningConfig list) {
        List<String> all = catalog.read(tx -> {
            existing(tx, list.arn());
            return functions(tx, list.arn());
        });
        Paging.Cut<String> page = Paging.cutByKey(all, list.page(), arn -> arn);
        return Json.response(200, out -> {
            ConfigurationJson.writeStrings(out, "FunctionArns", page.entries());
            page.writeNextMarker(out);
        });
    }

    Response putOfFunction(LambdaOperation.PutFunctionCodeSigningConfig put) {
        String name = put.function().name();
        catalog.change(tx -> {
            checkAttachable(tx, put.arn());
            Lookup.latest(tx, put.function());
            attach(tx, name, put.arn());
        });
        return ofFunction(Optional.of(put.arn()), name);
    }

    static void checkAttachable(CatalogTransaction tx, String arn) {
        if (find(tx, arn).isEmpty()) {
            throw new ApiException(
                    ErrorCode.CODE_SIGNING_CONFIG_NOT_FOUND,
                    "The code signing configuration cannot be found. Check that the provided configuration is not deleted: "
                            + arn + ".");
        }
    }

    static void attach(CatalogTransaction tx, String function, String arn) {
        tx.put(RecordKind.FUNCTION_CODE_SIGNING, function, FunctionVersion.LATEST, arn);
    }

    Response getOfFunction(FunctionRef function) {
        Optional<String> arn = catalog.read(tx -> {
            Lookup.latest(tx, function);
            return tx.find(RecordKind.FUNCTION_CODE_SIGNING, function.name(), FunctionVersion.LATEST);
        });
        return ofFunction(arn, function.name());
    }

    Response deleteOfFunction(FunctionRef function) {
        return catalog.write(tx -> {
            Lookup.latest(tx, function);
            tx.remove(RecordKind.FUNCTION_CODE_SIGNING, function.name(), FunctionVersion.LATEST);
            return Response.empty(204);
        });
    }

    /// ARNs of the functions that use a configuration, ordered.
    private static List<String> functions(CatalogTransaction tx, String arn) {
        var users = new ArrayList<String>();
        List<FunctionVersion> functions = tx.functions("", PAGE);
        while (!functions.isEmpty()) {
            for (FunctionVersion function : functions) {
                tx.find(RecordKind.FUNCTION_CODE_SIGNING, function.name(), FunctionVersion.LATEST)
                        .filter(arn::equals)
                        .ifPresent(used -> users.add(function.arn().toString()));
            }
            functions = tx.functions(functions.getLast().name(), PAGE);
        }
        return users;
    }

    private static Optional<CodeSigningConfig> find(CatalogTransaction tx, String arn) {
        return tx.find(RecordKind.CODE_SIGNING, RecordKind.ACCOUNT, arn);
    }

    private static CodeSigningConfig existing(CatalogTransaction tx, String arn) {
        return find(tx, arn)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "The Lambda code signing configuration " + arn + " can not be found."));
    }

    private static Response ofFunction(Optional<String> arn, String function) {
        return Json.response(
                200,
                out -> arn.ifPresent(value -> {
                    out.writeStringProperty("CodeSigningConfigArn", value);
                    out.writeStringProperty("FunctionName", function);
                }));
    }

    private static Response answer(int status, CodeSigningConfig config) {
        return Json.response(status, out -> {
            out.writeObjectPropertyStart("CodeSigningConfig");
            write(out, config);
            out.writeEndObject();
        });
    }

    private static void write(JsonGenerator out, CodeSigningConfig config) {
        out.writeStringProperty("CodeSigningConfigId", config.id());
        out.writeStringProperty("CodeSigningConfigArn", config.arn());
        if (!config.description().isEmpty()) {
            out.writeStringProperty("Description", config.description());
        }
        out.writeObjectPropertyStart("AllowedPublishers");
        ConfigurationJson.writeStrings(out, "SigningProfileVersionArns", config.publishers());
        out.writeEndObject();
        out.writeObjectPropertyStart("CodeSigningPolicies");
        out.writeStringProperty("UntrustedArtifactOnDeployment", config.policy());
        out.writeEndObject();
        out.writeStringProperty("LastModified", Times.millis(config.lastModified()));
    }
}
