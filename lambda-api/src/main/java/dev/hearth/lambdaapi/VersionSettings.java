package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.RecordKind;
import dev.hearth.http.Response;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.RuntimeManagement;
import dev.hearth.model.ScalingConfig;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// Settings that AWS keeps beside a function's configuration and that change nothing here: runtime management,
/// recursive loops, scaling of capacity providers.
record VersionSettings(Catalog catalog) {
    private static final String STOP = "Terminate";

    Response putRuntimeManagement(LambdaOperation.PutRuntimeManagementConfig put) {
        catalog.change(tx -> {
            FunctionVersion version = Lookup.version(tx, put.function());
            tx.put(RecordKind.RUNTIME_MANAGEMENT, version.name(), version.version(), put.management());
        });
        return answer(put.function(), put.management());
    }

    Response runtimeManagement(FunctionRef function) {
        return answer(
                function,
                catalog.read(tx -> {
                            FunctionVersion version = Lookup.version(tx, function);
                            return tx.find(RecordKind.RUNTIME_MANAGEMENT, version.name(), version.version());
                        })
                        .orElse(RuntimeManagement.AUTO));
    }

    private static Response answer(FunctionRef function, RuntimeManagement management) {
        return Json.response(200, out -> {
            out.writeStringProperty("UpdateRuntimeOn", management.updateRuntimeOn());
            out.writeStringProperty("FunctionArn", function.arnAsNamed());
            management.runtimeVersionArn().ifPresent(arn -> out.writeStringProperty("RuntimeVersionArn", arn));
        });
    }

    Response putRecursion(LambdaOperation.PutFunctionRecursionConfig put) {
        catalog.change(tx -> {
            Lookup.latest(tx, put.function());
            tx.put(RecordKind.RECURSION, put.function().name(), FunctionVersion.LATEST, put.recursiveLoop());
        });
        return recursion(put.recursiveLoop());
    }

    Response recursion(FunctionRef function) {
        Optional<String> loop = catalog.read(tx -> {
            Lookup.latest(tx, function);
            return tx.find(RecordKind.RECURSION, function.name(), FunctionVersion.LATEST);
        });
        return recursion(loop.orElse(STOP));
    }

    private static Response recursion(String loop) {
        return Json.response(200, out -> out.writeStringProperty("RecursiveLoop", loop));
    }

    Response putScaling(LambdaOperation.PutFunctionScalingConfig put) {
        String state = catalog.write(tx -> {
            FunctionVersion version = Lookup.version(tx, put.function());
            if (put.scaling().isPresent()) {
                tx.put(
                        RecordKind.SCALING,
                        version.name(),
                        version.version(),
                        put.scaling().get());
            } else {
                tx.remove(RecordKind.SCALING, version.name(), version.version());
            }
            return version.state().awsName();
        });
        return Json.response(200, out -> out.writeStringProperty("FunctionState", state));
    }

    Response scaling(FunctionRef function) {
        Optional<ScalingConfig> scaling = catalog.read(tx -> {
            FunctionVersion version = Lookup.version(tx, function);
            return tx.find(RecordKind.SCALING, version.name(), version.version());
        });
        return Json.response(200, out -> {
            out.writeStringProperty("FunctionArn", function.arnAsNamed());
            scaling.ifPresent(config -> {
                write(out, "AppliedFunctionScalingConfig", config);
                write(out, "RequestedFunctionScalingConfig", config);
            });
        });
    }

    private static void write(JsonGenerator out, String member, ScalingConfig config) {
        out.writeObjectPropertyStart(member);
        config.minimum().ifPresent(value -> out.writeNumberProperty("MinExecutionEnvironments", value));
        config.maximum().ifPresent(value -> out.writeNumberProperty("MaxExecutionEnvironments", value));
        out.writeEndObject();
    }
}
