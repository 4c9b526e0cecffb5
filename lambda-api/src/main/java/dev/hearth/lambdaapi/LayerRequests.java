package dev.hearth.lambdaapi;

import dev.hearth.model.ApiException;
import dev.hearth.model.Architecture;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.LayerArn;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Parses requests about layers.
final class LayerRequests {
    private LayerRequests() {}

    static LambdaOperation publish(Call call) throws IOException {
        Fields body = call.body();
        var violations = new Violations();
        LayerArn layer = layer(call, violations);
        String description = SettingsParser.description(body, violations).orElse("");
        Optional<List<String>> runtimes = body.strings("CompatibleRuntimes");
        runtimes.ifPresent(given -> {
            violations.size("compatibleRuntimes", given, 15);
            if (!Runtimes.allKnown(given)) {
                violations.add("compatibleRuntimes", given, Violations.enumConstraint(Runtimes.CURRENT));
            }
        });
        Optional<List<String>> architectures = body.strings("CompatibleArchitectures");
        architectures.ifPresent(given -> {
            violations.size("compatibleArchitectures", given, 2);
            violations.eachOneOf("compatibleArchitectures", given, SettingsParser.ARCHITECTURES);
        });
        Optional<String> license = body.string("LicenseInfo");
        license.ifPresent(value -> violations.length("licenseInfo", value, 0, 512));
        Optional<Fields> content = body.object("Content");
        violations.required("content", content);
        violations.throwIfAny();
        return new LambdaOperation.PublishLayerVersion(
                layer,
                description,
                content.map(CodeSource::of).orElseGet(CodeSource.Missing::new),
                runtimes,
                architectures.map(LayerRequests::architectures),
                license,
                call.endpoint());
    }

    static LambdaOperation get(Call call) {
        return new LambdaOperation.GetLayerVersion(layer(call), version(call), call.endpoint());
    }

    static LambdaOperation getByArn(Call call) {
        var violations = new Violations();
        Optional<String> given = call.query().first("Arn");
        violations.required("arn", given);
        given.ifPresent(value -> violations.matches("arn", value, Patterns.LAYER_VERSION_ARN));
        violations.throwIfAny();
        String arn = given.orElseThrow();
        int colon = arn.lastIndexOf(':');
        LayerArn layer = layer(call, arn.substring(0, colon), violations);
        return new LambdaOperation.GetLayerVersionByArn(
                layer, call.number("Arn", arn.substring(colon + 1)), call.endpoint());
    }

    static LambdaOperation listVersions(Call call) {
        var violations = new Violations();
        LayerArn layer = layer(call, violations);
        LambdaOperation.LayerFilter filter = filter(call, violations);
        LambdaOperation.Page page = call.page(Call.PAGE, violations);
        violations.throwIfAny();
        return new LambdaOperation.ListLayerVersions(layer, filter, page);
    }

    static LambdaOperation list(Call call) {
        var violations = new Violations();
        LambdaOperation.LayerFilter filter = filter(call, violations);
        LambdaOperation.Page page = call.page(Call.PAGE, violations);
        violations.throwIfAny();
        return new LambdaOperation.ListLayers(filter, page);
    }

    static LambdaOperation delete(Call call) {
        return new LambdaOperation.DeleteLayerVersion(layer(call), version(call));
    }

    static LambdaOperation policy(Call call) {
        return new LambdaOperation.GetLayerVersionPolicy(layer(call), version(call));
    }

    static long version(Call call) {
        long version = call.number("VersionNumber", call.path("VersionNumber"));
        if (version < 1) {
            throw new ApiException(ErrorCode.INVALID_PARAMETER_VALUE, "Layer Version Cannot be less than 1");
        }
        return version;
    }

    static LayerArn layer(Call call) {
        var violations = new Violations();
        LayerArn layer = layer(call, violations);
        violations.throwIfAny();
        return layer;
    }

    private static LayerArn layer(Call call, Violations violations) {
        return layer(call, call.path("LayerName"), violations);
    }

    private static LayerArn layer(Call call, String named, Violations violations) {
        violations.length("layerName", named, 1, 140);
        violations.matches("layerName", named, Patterns.LAYER);
        LayerArn layer = call.scope().layer(named.substring(named.lastIndexOf(':') + 1));
        if (named.startsWith("arn:") && !layer.toString().equals(named)) {
            throw new ApiException(ErrorCode.RESOURCE_NOT_FOUND, "The resource you requested does not exist.");
        }
        return layer;
    }

    private static LambdaOperation.LayerFilter filter(Call call, Violations violations) {
        Optional<String> runtime = call.query().first("CompatibleRuntime");
        runtime.ifPresent(value -> violations.oneOf("compatibleRuntime", value, Runtimes.EVER));
        Optional<String> architecture = call.query().first("CompatibleArchitecture");
        architecture.ifPresent(
                value -> violations.oneOf("compatibleArchitecture", value, SettingsParser.ARCHITECTURES));
        return new LambdaOperation.LayerFilter(runtime, architecture.flatMap(SettingsParser::architecture));
    }

    private static List<Architecture> architectures(List<String> names) {
        return names.stream()
                .flatMap(name -> SettingsParser.architecture(name).stream())
                .toList();
    }
}
