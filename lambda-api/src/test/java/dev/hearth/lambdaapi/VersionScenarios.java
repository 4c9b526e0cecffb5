package dev.hearth.lambdaapi;

/// Recorded scenarios of TestLambdaVersions and TestLambdaAlias.
final class VersionScenarios {
    private static final String FUNCTION = "/2015-03-31/functions/f";
    private static final String VERSIONS = FUNCTION + "/versions";
    private static final String ALIASES = FUNCTION + "/aliases";
    private static final String STAGING = ", \"Environment\": {\"Variables\": {\"testenv\": \"staging\"}}";

    private final Replay.Tally tally;

    VersionScenarios(Replay.Tally tally) {
        this.tally = tally;
    }

    void play() {
        publishOnCreate();
        publishWithUpdate();
        publishWrong();
        versionLifecycle();
        aliasLifecycle();
        aliasNames();
        routing();
    }

    private Replay replay(String name) {
        return Replay.of(name, tally);
    }

    private static TestApi.Answer publish(Replay r, String body) {
        return r.api.send("POST", VERSIONS, body);
    }

    private void publishOnCreate() {
        Replay r = replay("TestLambdaVersions.test_publish_version_on_create");
        r.step("create_response", r.api.create("f", ", \"Publish\": true"));
        r.settle().step("get_function_result", r.api.get(FUNCTION));
        r.step("get_function_version_result", r.api.get(FUNCTION + "?Qualifier=1"));
        r.step("get_function_latest_result", r.api.get(FUNCTION + "?Qualifier=%24LATEST"));
        r.step("list_versions_result", r.api.get(VERSIONS));
        r.step("repeated_publish_response", publish(r, "{}"));
        r.step("list_versions_result_after_publish", r.api.get(VERSIONS));
    }

    private void publishWithUpdate() {
        Replay r = replay("TestLambdaVersions.test_publish_with_update");
        r.step("create_response", r.api.create("f"));
        r.settle().step("get_function_result", r.api.get(FUNCTION));
        r.step("update_function_code_result", FunctionScenarios.code(r.api, "f", "two", ", \"Publish\": true"));
        r.step("get_function_version_result", r.api.get(FUNCTION + "?Qualifier=1"));
        r.step("get_function_latest_result", r.api.get(FUNCTION + "?Qualifier=%24LATEST"));
    }

    private void publishWrong() {
        Replay r = replay("TestLambdaVersions.test_publish_with_wrong_revisionid");
        r.step("create_response", r.api.create("f", ", \"Runtime\": \"python3.9\""));
        r.settle().step("get_fn_response", r.api.get(FUNCTION));
        r.step("publish_wrong_revisionid_exc", publish(r, "{\"RevisionId\": \"wrong\"}"));
        r.step("publish_result", publish(r, "{\"RevisionId\": \"" + r.match.value("uuid:2") + "\"}"));
        r = replay("TestLambdaVersions.test_publish_with_wrong_sha256");
        r.step("create_response", r.api.create("f"));
        r.settle().step("get_fn_response", r.api.get(FUNCTION));
        r.step("publish_wrong_sha256_exc", publish(r, "{\"CodeSha256\": \"somenonexistentsha256\"}"));
        r.step("publish_result", publish(r, "{\"CodeSha256\": \"" + r.match.value("code-sha256:1") + "\"}"));
    }

    private void versionLifecycle() {
        Replay r = replay("TestLambdaVersions.test_version_lifecycle");
        r.step("create_response", r.api.create("f", ", \"Description\": \"No version :(\""));
        r.settle().step("get_function_result", r.api.get(FUNCTION));
        r.step("list_versions_result", r.api.get(VERSIONS));
        r.step(
                "first_update_response",
                FunctionScenarios.configuration(r.api, "f", "{\"Description\": \"First version :)\"}"));
        r.settle().step("first_update_get_function", r.api.get(FUNCTION));
        r.step("first_publish_response", publish(r, "{\"Description\": \"First version description :)\"}"));
        r.step("first_publish_get_function", r.api.get(FUNCTION + "?Qualifier=1"));
        r.step("first_publish_get_function_config", r.api.get(FUNCTION + "/configuration?Qualifier=1"));
        r.api.clock.advance(java.time.Duration.ofSeconds(1));
        r.step(
                "second_update_response",
                FunctionScenarios.configuration(r.api, "f", "{\"Description\": \"Second version :))\"}"));
        r.settle().step("first_publish_get_function_after_update", r.api.get(FUNCTION + "?Qualifier=1"));
        r.step("second_publish_response", publish(r, "{}"));
        r.step("third_publish_response", publish(r, "{\"Description\": \"Third version description :)))\"}"));
        r.step("list_versions_result_after_third_publish", r.api.get(VERSIONS));
        r.api.delete(FUNCTION + "?Qualifier=1");
        r.step("list_versions_result_after_deletion_of_first_version", r.api.get(VERSIONS));
    }

    /// Two versions that differ in their environment.
    private static void publishTwo(Replay r) {
        r.step("publish_v1", publish(r, "{}"));
        FunctionScenarios.configuration(r.api, "f", "{\"Environment\": {\"Variables\": {\"testenv\": \"prod\"}}}");
        r.settle().step("publish_v2", publish(r, "{}"));
    }

    private static TestApi.Answer createAlias(Replay r, String name, String version, String more) {
        return r.api.send(
                "POST", ALIASES, "{\"Name\": \"%s\", \"FunctionVersion\": \"%s\"%s}".formatted(name, version, more));
    }

    private static String weights(String weights) {
        return ", \"RoutingConfig\": {\"AdditionalVersionWeights\": {" + weights + "}}";
    }

    private void aliasLifecycle() {
        Replay r = replay("TestLambdaAlias.test_alias_lifecycle");
        String custom = ", \"Description\": \"custom-alias\"";
        r.step("create_response", r.api.create("f", STAGING));
        r.settle();
        publishTwo(r);
        r.step("create_alias_1_1", createAlias(r, "aliasname1_1", "1", custom + weights("\"2\": 0.2")));
        r.step("get_alias_1_1", r.api.get(ALIASES + "/aliasname1_1"));
        r.step("get_function_alias_1_1", r.api.get(FUNCTION + "?Qualifier=aliasname1_1"));
        r.step("get_function_byarn_alias_1_1", r.api.get(FUNCTION + "%3Aaliasname1_1"));
        r.step("get_function_alias_notfound_exc", r.api.get(FUNCTION + "?Qualifier=aliasdoesnotexist"));
        r.step("get_function_alias_byarn_notfound_exc", r.api.get(FUNCTION + ":aliasdoesnotexist"));
        r.step("create_alias_1_2", createAlias(r, "aliasname1_2", "1", custom));
        r.step("get_alias_1_2", r.api.get(ALIASES + "/aliasname1_2"));
        r.step("create_alias_1_3", createAlias(r, "aliasname1_3", "1", ""));
        r.step("get_alias_1_3", r.api.get(ALIASES + "/aliasname1_3"));
        r.step("create_alias_2", createAlias(r, "aliasname2", "2", custom));
        r.step("get_alias_2", r.api.get(ALIASES + "/aliasname2"));
        r.step("list_aliases_for_fnname", r.api.get(ALIASES));
        updateAliases(r);
        r.step("list_aliases_for_version", r.api.get(ALIASES + "?FunctionVersion=1"));
        r.step("delete_alias_response", r.api.delete(ALIASES + "/aliasname1_1"));
        r.step("list_aliases_for_fnname_afterdelete", r.api.get(ALIASES));
    }

    private static void updateAliases(Replay r) {
        r.step(
                "update_alias_1_1",
                r.api.send("PUT", ALIASES + "/aliasname1_1", "{" + weights("").substring(2) + "}"));
        r.step("get_alias_1_1_after_update", r.api.get(ALIASES + "/aliasname1_1"));
        r.step("list_aliases_for_fnname_after_update", r.api.get(ALIASES));
        r.step("update_alias_1_2", r.api.send("PUT", ALIASES + "/aliasname1_2", "{}"));
        r.step("get_alias_1_2_after_update", r.api.get(ALIASES + "/aliasname1_2"));
        r.step("list_aliases_for_fnname_after_update_2", r.api.get(ALIASES));
    }

    private void aliasNames() {
        Replay r = replay("TestLambdaAlias.test_alias_naming");
        String custom = ", \"Description\": \"custom-alias\"";
        r.step("create_response", r.api.create("f", STAGING));
        r.settle().step("publish_v1", publish(r, "{}"));
        r.step("create_alias_date", createAlias(r, "2024-01-02", "1", custom));
        r.step("get_alias_date", r.api.get(ALIASES + "/2024-01-02"));
        r.step("create_alias_number_exception", createAlias(r, "2024", "1", custom));
        r = replay("TestLambdaAlias.test_non_existent_alias_deletion");
        r.step("create_response", r.api.create("f", STAGING));
        r.step("delete_alias_response", r.api.delete(ALIASES + "/non-existent"));
        r = replay("TestLambdaAlias.test_non_existent_alias_update");
        r.step("create_response", r.api.create("f", STAGING));
        r.step("update_alias_response", r.api.send("PUT", ALIASES + "/non-existent", "{}"));
    }

    private void routing() {
        Replay r = replay("TestLambdaAlias.test_notfound_and_invalid_routingconfigs");
        r.step("create_response", r.api.create("f", STAGING + ", \"Publish\": true"));
        r.settle();
        publishTwo(r);
        r.step("routing_config_exc_toomany", createAlias(r, "custom", "1", weights("\"1\": 0.8, \"2\": 0.2")));
        r.step("routing_config_exc_toohigh", createAlias(r, "custom", "1", weights("\"2\": 2")));
        r.step("routing_config_exc_subzero", createAlias(r, "custom", "1", weights("\"2\": -1")));
        r.step("routing_config_exc_sameversion", createAlias(r, "custom", "1", weights("\"1\": 0.5")));
        r.step("target_version_doesnotexist", createAlias(r, "custom", "10", weights("\"2\": 0.5")));
        r.step("routing_config_exc_version_doesnotexist", createAlias(r, "custom", "1", weights("\"10\": 0.5")));
        r.step("target_version_exc_version_latest", createAlias(r, "custom", "$LATEST", weights("\"1\": 0.5")));
        r.step("routing_config_exc_version_latest", createAlias(r, "custom", "1", weights("\"$LATEST\": 0.5")));
        r.step("create-alias-latest", createAlias(r, "custom-latest", "$LATEST", ""));
        r.step(
                "routing_config_exc_fn_doesnotexist",
                r.api.send(
                        "POST",
                        "/2015-03-31/functions/f-unknown/aliases",
                        "{\"Name\": \"custom\", \"FunctionVersion\": \"1\"" + weights("\"2\": 0.5") + "}"));
        r.step(
                "create_alias_empty_routingconfig",
                createAlias(r, "custom-empty-routingconfig", "1", ", \"RoutingConfig\": {}"));
        r.step("create_alias_response", createAlias(r, "custom", "1", weights("\"2\": 0.5")));
        r.step("routing_config_exc_already_exist", createAlias(r, "custom", "1", weights("\"2\": 0.5")));
        r.step("alias_does_not_exist_esc", r.api.get(ALIASES + "/non-existent"));
    }
}
