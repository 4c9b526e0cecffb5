package dev.hearth.lambdaapi;

import dev.hearth.http.PercentEncoding;

/// Recorded scenarios of TestLambdaLayer.
final class LayerScenarios {
    private static final String LAYERS = "/2018-10-31/layers";
    private static final String LAYER = LAYERS + "/my-layer/versions";
    private static final String FUNCTION = "/2015-03-31/functions/f";
    private static final String ARN = "arn:aws:lambda:us-east-1:111111111111:layer:";
    private static final String SETTINGS =
            ", \"Handler\": \"handler.handler\", \"Timeout\": 30, \"Environment\": {\"Variables\": {}}";
    private static final String PYTHON =
            ", \"CompatibleRuntimes\": [\"python3.12\"], \"CompatibleArchitectures\": [\"x86_64\"]";

    private final Replay.Tally tally;

    LayerScenarios(Replay.Tally tally) {
        this.tally = tally;
    }

    void play() {
        compatibilities();
        exceptions();
        functionExceptions();
        quota();
        lifecycle();
        policies();
    }

    private Replay replay(String name) {
        return Replay.of("TestLambdaLayer." + name, tally);
    }

    private static TestApi.Answer publish(Replay r, String layer, String more) {
        String body = "{\"Content\": {\"ZipFile\": \"" + TestApi.zip("layer") + "\"}" + more + "}";
        return r.api.send("POST", LAYERS + "/" + layer + "/versions", body);
    }

    private static String list(String... names) {
        return "[\"" + String.join("\", \"", names) + "\"]";
    }

    private void compatibilities() {
        String[][] runtimes = {
            {
                "nodejs24.x", "nodejs22.x", "nodejs20.x", "nodejs18.x", "nodejs16.x", "nodejs14.x", "nodejs12.x",
                "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "python3.9", "python3.8",
                "python3.7"
            },
            {
                "java25",
                "java21",
                "java17",
                "java11",
                "java8.al2",
                "java8",
                "dotnet10",
                "dotnet8",
                "dotnet6",
                "dotnetcore3.1",
                "go1.x",
                "ruby3.4",
                "ruby3.3",
                "ruby3.2",
                "ruby2.7"
            },
            {"provided.al2023", "provided.al2", "provided"}
        };
        for (int i = 0; i < runtimes.length; i++) {
            Replay r = replay("test_layer_compatibilities[runtimes" + i + "]");
            r.step(
                    "publish_result",
                    publish(
                            r,
                            "my-layer",
                            ", \"CompatibleRuntimes\": " + list(runtimes[i]) + ", \"CompatibleArchitectures\": "
                                    + list("arm64", "x86_64")));
        }
    }

    private void exceptions() {
        Replay r = replay("test_layer_exceptions");
        r.step("publish_result", publish(r, "my-layer", PYTHON));
        r.step(
                "list_layers_exc_compatibleruntime_invalid",
                r.api.get(LAYERS + "?CompatibleRuntime=runtimedoesnotexist"));
        r.step(
                "list_layers_exc_compatiblearchitecture_invalid",
                r.api.get(LAYERS + "?CompatibleArchitecture=archdoesnotexist"));
        r.step("list_nonexistent_layer", r.api.get(LAYERS + "/none/versions"));
        r.step("get_layer_version_exc_layer_doesnotexist", r.api.get(LAYERS + "/none/versions/1"));
        r.step("get_layer_version_exc_layer_version_doesnotexist_negative", r.api.get(LAYER + "/-1"));
        r.step("get_layer_version_exc_layer_version_doesnotexist_zero", r.api.get(LAYER + "/0"));
        r.step("get_layer_version_exc_layer_version_doesnotexist_2", r.api.get(LAYER + "/2"));
        String find = LAYERS + "?find=LayerVersion&Arn=" + PercentEncoding.encode(ARN + "my-layer", "");
        r.step("get_layer_version_by_arn_exc_invalidarn", r.api.get(find));
        r.step("get_layer_version_by_arn_exc_nonexistentversion", r.api.get(find + "%3A2"));
        r.step("delete_nonexistent_response", r.api.delete(LAYERS + "/none/versions/1"));
        r.step("delete_nonexistent_version_response", r.api.delete(LAYER + "/2"));
        r.step("delete_layer_response", r.api.delete(LAYER + "/1"));
        r.step("delete_layer_again_response", r.api.delete(LAYER + "/1"));
        r.step("delete_layer_version_exc_layerversion_invalid_version", r.api.delete(LAYER + "/0"));
        r.step(
                "publish_empty_result",
                publish(r, "empty", ", \"CompatibleRuntimes\": [], \"CompatibleArchitectures\": []"));
        String invalid = ", \"CompatibleRuntimes\": %s, \"CompatibleArchitectures\": %s";
        r.step(
                "publish_layer_version_exc_invalid_runtime_arch",
                publish(r, "empty", invalid.formatted(list("invalidruntime"), list("invalidarch"))));
        r.step(
                "publish_layer_version_exc_partially_invalid_values",
                publish(
                        r,
                        "empty",
                        invalid.formatted(
                                list("invalidruntime", "invalidruntime2", "nodejs20.x"),
                                list("invalidarch", "x86_64"))));
    }

    private static TestApi.Answer use(Replay r, String... arns) {
        return FunctionScenarios.configuration(r.api, "f", "{\"Layers\": " + list(arns) + "}");
    }

    private void functionExceptions() {
        Replay r = replay("test_layer_function_exceptions");
        String some = ", \"CompatibleRuntimes\": [], \"CompatibleArchitectures\": [\"x86_64\"]";
        r.step("publish_result", publish(r, "my-layer", some));
        r.step("publish_result_2", publish(r, "my-layer", some));
        r.step("publish_result_3", publish(r, "my-layer", some));
        r.api.create("f", SETTINGS);
        r.settle().step("get_fn_result", r.api.get(FUNCTION));
        String arn = ARN + "my-layer:";
        r.step("two_layer_versions_single_function_exc", use(r, arn + 1, arn + 2));
        r.step("three_layer_versions_single_function_exc", use(r, arn + 1, arn + 2, arn + 3));
        r.step("two_identical_layer_versions_single_function_exc", use(r, arn + 1, arn + 1));
        r.step("add_nonexistent_layer_exc", use(r, ARN + "doesnotexist:1"));
        r.step("add_nonexistent_layer_version_exc", use(r, arn + 9));
        r.step("add_layer_arn_without_version_exc", use(r, ARN + "my-layer"));
        r.step(
                "create_function_with_layer_in_different_region",
                r.api.create("g", ", \"Layers\": " + list(arn.replace("us-east-1", "eu-central-1") + 1)));
    }

    private void quota() {
        Replay r = replay("test_layer_function_quota_exception");
        var arns = new String[6];
        for (int i = 0; i < arns.length; i++) {
            publish(r, "layer-" + i, "");
            arns[i] = ARN + "layer-" + i + ":1";
        }
        r.step("create_function_with_six_layers", r.api.create("f", ", \"Layers\": " + list(arns)));
    }

    private void lifecycle() {
        Replay r = replay("test_layer_lifecycle");
        String more = PYTHON + ", \"Description\": \"of a layer\", \"LicenseInfo\": \"MIT\"";
        r.api.create("f", SETTINGS);
        r.settle().step("get_fn_result", r.api.get(FUNCTION));
        r.step("get_fn_config_result", r.api.get(FUNCTION + "/configuration"));
        r.step("publish_result", publish(r, "my-layer", more));
        r.step("publish_result_2", publish(r, "my-layer", more));
        r.step("update_fn_config", use(r, ARN + "my-layer:1"));
        r.settle().step("get_fn_config", r.api.get(FUNCTION + "/configuration"));
        r.step("get_layer_ver_result", r.api.get(LAYER + "/1"));
        r.step(
                "get_layer_by_arn_version",
                r.api.get(LAYERS + "?find=LayerVersion&Arn=" + PercentEncoding.encode(ARN + "my-layer:1", "")));
        r.step("list_layer_versions_predelete", r.api.get(LAYER));
        r.step("delete_layer_1", r.api.delete(LAYER + "/1"));
        r.step("get_fn_config_postdelete", r.api.get(FUNCTION + "/configuration"));
        r.step("delete_layer_2", r.api.delete(LAYER + "/2"));
        r.step("list_layer_versions_postdelete", r.api.get(LAYER));
        r.step("publish_result_3", publish(r, "my-layer", more));
    }

    private static TestApi.Answer permit(Replay r, String layerVersion, String id, String more) {
        String body = "{\"StatementId\": \"%s\", \"Principal\": \"*\", \"Action\": \"%s\"}"
                .formatted(id, more.equals("*") ? "*" : "lambda:GetLayerVersion");
        String revision = more.isEmpty() || more.equals("*") ? "" : "?RevisionId=" + more;
        return r.api.send("POST", LAYERS + "/" + layerVersion + "/policy" + revision, body);
    }

    private void policies() {
        Replay r = replay("test_layer_policy_exceptions");
        String none = "my-layer-doesnotexist/versions/1";
        r.step("publish_result", publish(r, "my-layer", PYTHON));
        r.step("layer_permission_nopolicy_get", r.api.get(LAYER + "/1/policy"));
        r.step("add_layer_permission_result", permit(r, "my-layer/versions/1", "s1", ""));
        r.step("layer_permission_action_invalid", permit(r, "my-layer/versions/1", "s2", "*"));
        r.step("layer_permission_duplicate_statement", permit(r, "my-layer/versions/1", "s1", ""));
        r.step("layer_permission_wrong_revision", permit(r, "my-layer/versions/1", "s2", "wrong"));
        r.step("layer_permission_layername_doesnotexist_add", permit(r, none, "s1", ""));
        r.step("layer_permission_layername_doesnotexist_get", r.api.get(LAYERS + "/" + none + "/policy"));
        r.step("layer_permission_layername_doesnotexist_remove", r.api.delete(LAYERS + "/" + none + "/policy/s1"));
        r.step("layer_permission_layerversion_doesnotexist_add", permit(r, "my-layer/versions/2", "s1", ""));
        r.step("layer_permission_layerversion_doesnotexist_get", r.api.get(LAYER + "/2/policy"));
        r.step("layer_permission_layerversion_doesnotexist_remove", r.api.delete(LAYER + "/2/policy/s1"));
        r.step("layer_permission_statementid_doesnotexist_remove", r.api.delete(LAYER + "/1/policy/doesnotexist"));
        r.step("layer_permission_wrong_revision_remove", r.api.delete(LAYER + "/1/policy/s1?RevisionId=wrong"));
        policyLifecycle();
    }

    private void policyLifecycle() {
        Replay r = replay("test_layer_policy_lifecycle");
        r.step("publish_result", publish(r, "my-layer", PYTHON));
        r.step("add_policy_s1", permit(r, "my-layer/versions/1", "s1", ""));
        TestApi.Answer policy = r.api.get(LAYER + "/1/policy");
        r.step("get_layer_version_policy", policy);
        String revision = policy.json().get("RevisionId").asString();
        r.step("add_policy_s2", permit(r, "my-layer/versions/1", "s2", revision));
        policy = r.api.get(LAYER + "/1/policy");
        r.step("get_layer_version_policy_postadd2", policy);
        revision = policy.json().get("RevisionId").asString();
        r.step("remove_s2", r.api.delete(LAYER + "/1/policy/s2?RevisionId=" + revision));
        r.step("get_layer_version_policy_postdeletes2", r.api.get(LAYER + "/1/policy"));
    }
}
