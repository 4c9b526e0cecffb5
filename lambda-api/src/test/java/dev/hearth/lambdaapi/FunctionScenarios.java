package dev.hearth.lambdaapi;

import java.util.List;

/// Recorded scenarios about functions: TestLambdaFunction, TestLambdaRevisions, TestLambdaSnapStart.
final class FunctionScenarios {
    private static final String FUNCTIONS = "/2015-03-31/functions";
    private static final String SETTINGS =
            ", \"Handler\": \"handler.handler\", \"Timeout\": 30, \"Environment\": {\"Variables\": {}}";

    private final Replay.Tally tally;

    FunctionScenarios(Replay.Tally tally) {
        this.tally = tally;
    }

    void play() {
        createExceptions();
        arns();
        lifecycle();
        wrongRegion();
        zipFile();
        concurrentUpdates();
        list();
        nonexisting();
        redundantUpdates();
        vpc();
        revisions();
        revisionsOfVersionAndAlias();
        snapStart();
        permissions();
    }

    private void permissions() {
        Replay r = replay("TestLambdaRevisions.test_function_revisions_permissions");
        r.api.create("f");
        r.settle();
        r.step("add_permission_revision_exception", r.api.send("POST", FUNCTIONS + "/f/policy", """
                {"StatementId": "s", "Action": "lambda:InvokeFunction", "Principal": "s3.amazonaws.com",
                 "RevisionId": "wrong"}"""));
    }

    private Replay replay(String name) {
        return Replay.of(name, tally);
    }

    static TestApi.Answer configuration(TestApi api, String name, String body) {
        return api.send("PUT", FUNCTIONS + "/" + name + "/configuration", body);
    }

    static TestApi.Answer code(TestApi api, String name, String zip, String more) {
        return api.send(
                "PUT", FUNCTIONS + "/" + name + "/code", "{\"ZipFile\": \"" + TestApi.zip(zip) + "\"" + more + "}");
    }

    private void createExceptions() {
        Replay r = replay("TestLambdaFunction.test_create_lambda_exceptions");
        r.step("invalid_role_arn_exc", r.api.create("f", ", \"Role\": \"r1\""));
        r.step("invalid_runtime_exc", r.api.create("f", ", \"Runtime\": \"non-existent-runtime\""));
        r.step("uppercase_runtime_exc", r.api.create("f", ", \"Runtime\": \"PYTHON3.9\""));
        r.step("multiple_architectures", r.api.create("f", ", \"Architectures\": [\"x86_64\", \"arm64\"]"));
        r.step("uppercase_architecture", r.api.create("f", ", \"Architectures\": [\"X86_64\"]"));
        r.step("invalid_zip_exc", r.api.create("f", ", \"Code\": {\"ZipFile\": \"dGhpcyBpcyBub3QgYSB6aXA=\"}"));
    }

    private void arns() {
        Replay r = replay("TestLambdaFunction.test_function_arns");
        String prefix = "arn:aws:lambda:us-east-1:111111111111:function:";
        r.step("create-function-arn-response", r.api.create(prefix + "one", SETTINGS));
        String code = ", \"Code\": {\"ZipFile\": \"" + TestApi.zip("two") + "\"}";
        r.step("create-function-partial-arn-response", r.api.create("111111111111:function:two", SETTINGS + code));
        r.step("invalid_function_name_exc", r.api.create("invalid:function:name"));
        r.step("long_function_name_exc", r.api.create("a".repeat(65)));
        r.step("long_function_arn_exc", r.api.create(prefix + "a".repeat(100)));
        r.step(
                "function_arn_other_region_exc",
                r.api.get(FUNCTIONS + "/arn%3Aaws%3Alambda%3Aap-southeast-1%3A111111111111%3Afunction%3Aone"));
        r.step(
                "function_arn_other_account_exc",
                r.api.get(FUNCTIONS + "/arn%3Aaws%3Alambda%3Aus-east-1%3A222222222222%3Afunction%3Aone"));
    }

    private void lifecycle() {
        Replay r = replay("TestLambdaFunction.test_function_lifecycle");
        r.step("create_response", r.api.create("f", SETTINGS + ", \"MemorySize\": 256, \"Timeout\": 5"));
        r.settle().step("get_function_response", r.api.get(FUNCTIONS + "/f"));
        r.step("update_func_conf_response", configuration(r.api, "f", """
                {"Description": "Changed-Description", "MemorySize": 512, "Timeout": 10, "Runtime": "python3.11",
                 "Environment": {"Variables": {"ENV_A": "a"}}}"""));
        r.settle().step("get_function_response_postupdate", r.api.get(FUNCTIONS + "/f"));
        r.step("update_code_response", code(r.api, "f", "two", ""));
        r.settle().step("get_function_response_postcodeupdate", r.api.get(FUNCTIONS + "/f"));
        r.step("delete_response", r.api.delete(FUNCTIONS + "/f"));
        r.step("delete_postdelete", r.api.delete(FUNCTIONS + "/f"));
    }

    private void wrongRegion() {
        String function = "/arn:aws:lambda:eu-central-1:111111111111:function:f";
        String scenario = "TestLambdaFunction.test_get_function_wrong_region";
        Replay r = replay(scenario + "[delete_function]");
        r.step("wrong_region_exception", r.api.delete(FUNCTIONS + function));
        r = replay(scenario + "[get_function_configuration]");
        r.step("wrong_region_exception", r.api.get(FUNCTIONS + function + "/configuration"));
        r = replay(scenario + "[get_function_url_config]");
        r.step("wrong_region_exception", r.api.get("/2021-10-31/functions" + function + "/url"));
    }

    private void zipFile() {
        Replay r = replay("TestLambdaFunction.test_lambda_code_location_zipfile");
        r.step("create-response-zip-file", r.api.create("f"));
        r.settle().step("get-function-response", r.api.get(FUNCTIONS + "/f"));
        r.step("update-function-response", code(r.api, "f", "two", ""));
        r.step("get-function-response-updated", r.api.get(FUNCTIONS + "/f"));
    }

    private void concurrentUpdates() {
        Replay r = replay("TestLambdaFunction.test_lambda_concurrent_code_updates");
        r.step("create-function-response", r.api.create("f", ", \"Handler\": \"handler.handler\""));
        r.settle();
        code(r.api, "f", "two", "");
        r.step("update-during-in-progress-update-exc", code(r.api, "f", "three", ""));
        r = replay("TestLambdaFunction.test_lambda_concurrent_config_updates");
        r.step("create-function-response", r.api.create("f", SETTINGS));
        r.settle();
        configuration(r.api, "f", "{\"Description\": \"one\"}");
        r.step("update-during-in-progress-update-exc", configuration(r.api, "f", "{\"Description\": \"two\"}"));
    }

    private void list() {
        Replay r = replay("TestLambdaFunction.test_list_functions");
        r.step("create_response_1", r.api.create("f1", SETTINGS + ", \"Publish\": true"));
        String code = ", \"Code\": {\"ZipFile\": \"" + TestApi.zip("two") + "\"}";
        r.step("create_response_2", r.api.create("f2", SETTINGS + code));
        r.settle();
        r.step("list_functions_invalid_functionversion", r.api.get(FUNCTIONS + "?FunctionVersion=invalid"));
        r.step("list_all", r.api.get(FUNCTIONS + "/?FunctionVersion=ALL"));
        r.step("list_default", r.api.get(FUNCTIONS + "/"));
    }

    private void nonexisting() {
        String scenario = "TestLambdaFunction.test_ops_on_nonexisting_fn";
        Replay r = replay(scenario + "[delete_function]");
        r.step("not_found_exception", r.api.delete(FUNCTIONS + "/none"));
        r = replay(scenario + "[get_function_configuration]");
        r.step("not_found_exception", r.api.get(FUNCTIONS + "/none/configuration"));
        r = replay(scenario + "[get_function_code_signing_config]");
        r.step("not_found_exception", r.api.get("/2020-06-30/functions/none/code-signing-config"));
        r = replay(scenario + "[get_function_event_invoke_config]");
        r.step("not_found_exception", r.api.get("/2019-09-25/functions/none/event-invoke-config"));
        scenario = "TestLambdaFunction.test_ops_on_nonexisting_version";
        r = replay(scenario + "[get_function_configuration]");
        r.api.create("f");
        r.step("version_not_found_exception", r.api.get(FUNCTIONS + "/f/configuration?Qualifier=1221"));
        r = replay(scenario + "[get_function_event_invoke_config]");
        r.api.create("f");
        r.step("version_not_found_exception", r.api.get("/2019-09-25/functions/f/event-invoke-config?Qualifier=1221"));
        r = replay("TestLambdaFunction.test_ops_with_arn_qualifier_mismatch[get_function_configuration]");
        String latest = FUNCTIONS + "/some-function%3A%24LATEST/configuration?Qualifier=";
        r.step("not_match_exception", r.api.get(latest + "1"));
        r.step("match_exception", r.api.get(latest + "%24LATEST"));
    }

    private void redundantUpdates() {
        Replay r = replay("TestLambdaFunction.test_redundant_updates");
        String update = "{\"Description\": \"1st update description\"}";
        r.step("create_response", r.api.create("f", SETTINGS + ", \"Description\": \"Initial description\""));
        r.settle().step("first_update_result", configuration(r.api, "f", update));
        r.settle().step("get_fn_config_result", r.api.get(FUNCTIONS + "/f/configuration"));
        r.step("get_fn_result", r.api.get(FUNCTIONS + "/f"));
        r.step("redundant_update_result", configuration(r.api, "f", update));
        r.settle().step("get_fn_result_after_redundant_update", r.api.get(FUNCTIONS + "/f"));
    }

    private void vpc() {
        Replay r = replay("TestLambdaFunction.test_vpc_config");
        String vpc = "\"VpcConfig\": {\"SubnetIds\": [%s], \"SecurityGroupIds\": [%s]}";
        r.step(
                "create_response",
                r.api.create(
                        "f",
                        SETTINGS + ", \"MemorySize\": 256, \"Timeout\": 5, "
                                + vpc.formatted("\"subnet-1\"", "\"sg-1\"")));
        r.settle().step("get_function_response", r.api.get(FUNCTIONS + "/f"));
        r.step(
                "update_vpcconfig_update_response",
                configuration(r.api, "f", "{" + vpc.formatted("\"subnet-2\"", "\"sg-2\"") + "}"));
        r.settle().step("update_vpcconfig_get_function_response", r.api.get(FUNCTIONS + "/f"));
        r.step("delete_vpcconfig_update_response", configuration(r.api, "f", "{" + vpc.formatted("", "") + "}"));
        r.settle().step("delete_vpcconfig_get_function_response", r.api.get(FUNCTIONS + "/f"));
    }

    private void revisions() {
        Replay r = replay("TestLambdaRevisions.test_function_revisions_basic");
        r.step("create_function_response_rev1", r.api.create("f", SETTINGS + ", \"Handler\": \"index.handler\""));
        r.settle().step("get_function_response_rev2", r.api.get(FUNCTIONS + "/f"));
        String wrong = ", \"RevisionId\": \"wrong\"";
        r.step("update_function_revision_exception", code(r.api, "f", "one", wrong));
        String right = ", \"RevisionId\": \"" + r.match.value("uuid:2") + "\"";
        r.step("update_function_code_response_rev3", code(r.api, "f", "one", right));
        r.settle().step("get_function_response_rev4", r.api.get(FUNCTIONS + "/f"));
        r.step(
                "update_function_configuration_revision_exception",
                configuration(r.api, "f", "{\"Runtime\": \"python3.8\"" + wrong + "}"));
        r.step(
                "update_function_configuration_response_rev5",
                configuration(
                        r.api,
                        "f",
                        "{\"Runtime\": \"python3.8\", \"RevisionId\": \"" + r.match.value("uuid:4") + "\"}"));
        r.settle().step("get_function_response_rev6", r.api.get(FUNCTIONS + "/f"));
    }

    private void revisionsOfVersionAndAlias() {
        Replay r = replay("TestLambdaRevisions.test_function_revisions_version_and_alias");
        String versions = FUNCTIONS + "/f/versions";
        String aliases = FUNCTIONS + "/f/aliases";
        r.step("create_function_response_rev1", r.api.create("f", SETTINGS));
        r.settle().step("get_function_active_rev2", r.api.get(FUNCTIONS + "/f"));
        r.step("publish_version_revision_exception", r.api.send("POST", versions, "{\"RevisionId\": \"wrong\"}"));
        r.step(
                "publish_version_response_rev_v1",
                r.api.send("POST", versions, "{\"RevisionId\": \"" + r.match.value("uuid:2") + "\"}"));
        r.step("get_function_published_version_rev_v2", r.api.get(FUNCTIONS + "/f?Qualifier=1"));
        r.step("get_function_latest_rev3", r.api.get(FUNCTIONS + "/f"));
        r.step(
                "create_alias_response_rev_a1",
                r.api.send("POST", aliases, "{\"Name\": \"revision_alias\", \"FunctionVersion\": \"1\"}"));
        r.step("get_function_latest_rev4", r.api.get(FUNCTIONS + "/f"));
        r.step("get_function_published_version_rev_v3", r.api.get(FUNCTIONS + "/f?Qualifier=1"));
        String change = "{\"Description\": \"something changed\", \"RevisionId\": \"%s\"}";
        r.step(
                "update_alias_revision_exception",
                r.api.send("PUT", aliases + "/revision_alias", change.formatted("wrong")));
        r.step(
                "update_alias_response_rev_a2",
                r.api.send("PUT", aliases + "/revision_alias", change.formatted(r.match.value("uuid:5"))));
    }

    private void snapStart() {
        Replay invalid = replay("TestLambdaSnapStart.test_snapstart_exceptions");
        invalid.step(
                "create_function_invalid_snapstart_apply",
                invalid.api.create("f", ", \"SnapStart\": {\"ApplyOn\": \"invalidOption\"}"));
        for (String runtime : List.of("java11", "java17", "java21", "java25", "python3.12", "python3.13")) {
            Replay r = replay("TestLambdaSnapStart.test_snapstart_lifecycle[" + runtime + "]");
            r.step("create_function_response", createSnapStart(r, runtime));
            r.settle().step("get_function_response_latest", r.api.get(FUNCTIONS + "/f"));
            r.api.send("POST", FUNCTIONS + "/f/versions", "{\"Description\": \"version1\"}");
            r.step("get_function_response_version_1", r.api.get(FUNCTIONS + "/f?Qualifier=1"));
        }
        for (String runtime : List.of("java11", "java17", "java21", "python3.13")) {
            Replay r = replay("TestLambdaSnapStart.test_snapstart_update_function_configuration[" + runtime + "]");
            r.step("create_function_response", createSnapStart(r, runtime));
            r.settle();
            r.step(
                    "update_function_response",
                    configuration(r.api, "f", "{\"SnapStart\": {\"ApplyOn\": \"PublishedVersions\"}}"));
        }
    }

    private static TestApi.Answer createSnapStart(Replay r, String runtime) {
        String handler = runtime.startsWith("java") ? "echo.Handler" : "handler.handler";
        return r.api.create(
                "f",
                ", \"Runtime\": \"%s\", \"Handler\": \"%s\", \"MemorySize\": 1024, \"Timeout\": 5"
                        .formatted(runtime, handler));
    }
}
