package dev.hearth.lambdaapi;

import dev.hearth.http.PercentEncoding;

/// Recorded scenarios of TestLambdaFunction.test_function_name_and_qualifier_validation.
final class NameScenarios {
    private static final String ARN = "arn:aws:lambda:us-east-1:111111111111:function:my-function";
    private static final String BAD_REGION = "arn:aws:lambda:invalid-region:111111111111:function:my-function";
    private static final String CREATE = "create_function";
    private static final String GET = "get_function";
    private static final String DELETE = "delete_function";
    private static final String INVOKE = "invoke";

    private final Replay.Tally tally;

    NameScenarios(Replay.Tally tally) {
        this.tally = tally;
    }

    void play() {
        String long129 = "a".repeat(129);
        String long65 = "a".repeat(65);
        String both = "full_arn_and_qualifier_too_long_and_invalid_region";
        play(both, GET, BAD_REGION + "-" + "a".repeat(170), long129);
        play(both, INVOKE, BAD_REGION + "-" + "a".repeat(170), long129);
        play("full_arn_with_multiple_qualifiers", CREATE, ARN + ":1:2", "");
        play("full_arn_with_multiple_qualifiers", INVOKE, ARN + ":1:2", "");
        play("function_name_and_qualifier_too_long", DELETE, "my-function", long65);
        play("function_name_and_qualifier_too_long", INVOKE, "my-function", long65);
        play("function_name_is_single_invalid", CREATE, "*", "");
        play("function_name_is_single_invalid", DELETE, "*", "");
        play("function_name_too_long", INVOKE, long65, "");
        String tooLong = "function_name_too_long_and_invalid_region";
        play(tooLong, CREATE, BAD_REGION + "a".repeat(170), "");
        play(tooLong, DELETE, BAD_REGION + "a".repeat(170), "");
        play(tooLong, GET, BAD_REGION + "a".repeat(170), "");
        play("incomplete_arn", GET, "arn:aws:lambda:us-east-1:111111111111:function", "");
        play("incomplete_arn", INVOKE, "arn:aws:lambda:us-east-1:111111111111:function", "");
        play("invalid_account_id_in_partial_arn", CREATE, "invalid-account:function:my-function", "");
        play("invalid_account_id_in_partial_arn", GET, "invalid-account:function:my-function", "");
        play("invalid_characters_in_qualifier", INVOKE, "my-function", "invalid!");
        play("invalid_region_in_arn", GET, BAD_REGION, "");
        play("invalid_region_in_arn", INVOKE, BAD_REGION, "");
        play("latest_version_with_additional_qualifier", INVOKE, "my-function:$LATEST", "1");
        play("missing_account_id_in_arn", CREATE, "arn:aws:lambda:us-east-1::function:my-function", "");
        play("missing_account_id_in_arn", DELETE, "arn:aws:lambda:us-east-1::function:my-function", "");
        play("missing_region_in_arn", CREATE, "arn:aws:lambda::111111111111:function:my-function", "");
        play("missing_region_in_arn", DELETE, "arn:aws:lambda::111111111111:function:my-function", "");
        play("misspelled_latest_in_arn", DELETE, ARN + ":$LATES", "");
        play("misspelled_latest_in_arn", GET, ARN + ":$LATES", "");
        play("non_lambda_arn", DELETE, "arn:aws:ec2:us-east-1:111111111111:instance:i-1234567890abcdef0", "");
        play("non_lambda_arn", GET, "arn:aws:ec2:us-east-1:111111111111:instance:i-1234567890abcdef0", "");
        play("partial_arn_with_extra_qualifier", CREATE, "function:my-function:$LATEST:extra", "");
        play("partial_arn_with_extra_qualifier", DELETE, "function:my-function:$LATEST:extra", "");
        play("partial_arn_with_extra_qualifier", GET, "function:my-function:$LATEST:extra", "");
        play("qualifier_too_long", INVOKE, "my-function", long129);
        play("qualifier_too_long0", CREATE, "my-function:" + long129, "");
        play("qualifier_too_long0", GET, "my-function", long129);
        play("qualifier_too_long1", GET, "my-function", long65);
        play("qualifier_too_long1", INVOKE, "my-function", long65);
    }

    private void play(String scenario, String operation, String function, String qualifier) {
        Replay r = Replay.of(
                "TestLambdaFunction.test_function_name_and_qualifier_validation[" + scenario + "-" + operation + "]",
                tally);
        String path = "/2015-03-31/functions/" + PercentEncoding.encode(function, "");
        String query = qualifier.isEmpty() ? "" : "?Qualifier=" + PercentEncoding.encode(qualifier, "");
        TestApi.Answer answer = switch (operation) {
            case CREATE -> r.api.create(function);
            case GET -> r.api.get(path + query);
            case DELETE -> r.api.delete(path + query);
            case INVOKE -> r.api.send("POST", path + "/invocations" + query, "{}");
            default -> throw new IllegalArgumentException(operation);
        };
        r.violations(operation + "_exception", answer);
    }
}
