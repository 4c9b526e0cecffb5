package dev.hearth.cli;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Creates a function or brings it up to date.
final class Deployment {
    private final LambdaApi lambda;
    private final Readiness readiness;

    Deployment(LambdaApi lambda, Readiness readiness) {
        this.lambda = lambda;
        this.readiness = readiness;
    }

    /// What was done, and the function's configuration after it.
    record Done(String what, Json function) {}

    Done create(String name, byte[] zip, Choice choice, DeploySettings settings) {
        var request = new LinkedHashMap<String, Object>();
        request.put("FunctionName", name);
        request.put("Runtime", choice.runtime());
        request.put("Handler", choice.handler());
        request.put("Code", Map.of("ZipFile", base64(zip)));
        request.putAll(settings.forCreate());
        lambda.create(request);
        return new Done("created", readiness.await(name));
    }

    Done update(Json function, byte[] zip, Choice choice, DeploySettings settings) {
        String name = function.textOrEmpty("FunctionName");
        readiness.await(name);
        lambda.updateCode(name, Map.of("ZipFile", base64(zip)));
        Json after = readiness.await(name);

        Map<String, Object> changes = settings.changes(function);
        putIfChanged(changes, function, "Runtime", choice.runtime());
        putIfChanged(changes, function, "Handler", choice.handler());
        if (!changes.isEmpty()) {
            lambda.updateConfiguration(name, changes);
            after = readiness.await(name);
        }
        boolean sameCode = after.text("CodeSha256").equals(function.text("CodeSha256"));
        return new Done(sameCode && changes.isEmpty() ? "unchanged" : "updated", after);
    }

    /// The new version's number.
    Optional<String> publish(String name) {
        return lambda.publishVersion(name).text("Version");
    }

    private static void putIfChanged(Map<String, Object> changes, Json function, String field, String wanted) {
        if (!function.textOrEmpty(field).equals(wanted)) {
            changes.put(field, wanted);
        }
    }

    private static String base64(byte[] zip) {
        return Base64.getEncoder().encodeToString(zip);
    }
}
