package dev.hearth.lambdaapi;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Parses requests about functions and versions.
final class FunctionRequests {
    private static final int LIST_MAX = 10_000;

    private FunctionRequests() {}

    static LambdaOperation create(Call call) throws IOException {
        Fields body = call.body();
        var violations = new Violations();
        Optional<String> name = body.string("FunctionName");
        Optional<Fields> code = body.object("Code");
        violations.required("functionName", name);
        violations.required("role", body.string("Role"));
        violations.required("code", code);
        body.string("PackageType").ifPresent(type -> violations.oneOf("packageType", type, List.of("Zip", "Image")));
        Optional<String> codeSigning = body.string("CodeSigningConfigArn");
        codeSigning.ifPresent(arn -> CodeSigningRequests.check(arn, violations));
        SettingsChange settings = new SettingsParser(call.limits()).parse(body, violations);
        if (name.isEmpty()) {
            violations.throwIfAny();
        }
        FunctionRef function = call.names().forCreation(name.orElseThrow(), violations);
        return new LambdaOperation.CreateFunction(
                function,
                settings,
                code.map(CodeSource::of).orElseGet(CodeSource.Missing::new),
                body.flag("Publish"),
                body.stringMap("Tags").orElse(Map.of()),
                codeSigning);
    }

    static LambdaOperation get(Call call) {
        return new LambdaOperation.GetFunction(call.qualifiedFunction(), call.endpoint());
    }

    static LambdaOperation getConfiguration(Call call) {
        return new LambdaOperation.GetFunctionConfiguration(call.qualifiedFunction());
    }

    static LambdaOperation list(Call call) {
        var violations = new Violations();
        Optional<String> version = call.query().first("FunctionVersion");
        version.ifPresent(value -> violations.oneOf("functionVersion", value, List.of("ALL")));
        LambdaOperation.Page page = call.page(LIST_MAX, violations);
        violations.throwIfAny();
        return new LambdaOperation.ListFunctions(version.isPresent(), page);
    }

    static LambdaOperation updateCode(Call call) throws IOException {
        FunctionRef function = call.unqualifiedFunction();
        Fields body = call.body();
        var violations = new Violations();
        var update = new LambdaOperation.UpdateFunctionCode(
                function,
                CodeSource.of(body),
                SettingsParser.architecture(body, violations),
                body.flag("Publish"),
                body.flag("DryRun"),
                body.string("RevisionId"));
        violations.throwIfAny();
        return update;
    }

    static LambdaOperation updateConfiguration(Call call) throws IOException {
        FunctionRef function = call.unqualifiedFunction();
        Fields body = call.body();
        var violations = new Violations();
        SettingsChange settings = new SettingsParser(call.limits()).parse(body, violations);
        violations.throwIfAny();
        return new LambdaOperation.UpdateFunctionConfiguration(function, settings, body.string("RevisionId"));
    }

    static LambdaOperation delete(Call call) {
        return new LambdaOperation.DeleteFunction(call.qualifiedFunction());
    }

    static LambdaOperation publish(Call call) throws IOException {
        FunctionRef function = call.unqualifiedFunction();
        Fields body = call.body();
        var violations = new Violations();
        Optional<String> description = SettingsParser.description(body, violations);
        violations.throwIfAny();
        return new LambdaOperation.PublishVersion(
                function, body.string("CodeSha256"), description, body.string("RevisionId"));
    }

    static LambdaOperation listVersions(Call call) {
        var violations = new Violations();
        FunctionRef function = call.names().namespaced(call.path("FunctionName"), Optional.empty(), violations);
        LambdaOperation.Page page = call.page(LIST_MAX, violations);
        violations.throwIfAny();
        return new LambdaOperation.ListVersionsByFunction(new FunctionRef(function.arn(), Optional.empty()), page);
    }
}
