package dev.hearth.lambdaapi;

import dev.hearth.model.Outcome;
import java.nio.charset.StandardCharsets;

/// Recorded scenarios that fetch code from S3: bucket `bucket` has to hold `one.zip` and `two.zip`.
final class S3Scenarios {
    private final Replay.Tally tally;
    private final S3Source s3;

    S3Scenarios(Replay.Tally tally, S3Source s3) {
        this.tally = tally;
        this.s3 = s3;
    }

    void play() {
        location();
        errors();
        layer();
        upload();
    }

    private void location() {
        Replay r = Replay.of("TestLambdaFunction.test_lambda_code_location_s3", tally, TestApi.pendingWithS3(s3));
        r.step("create_response_s3", create(r, "bucket", "one.zip"));
        r.settle().step("get-function-response", r.api.get("/2015-03-31/functions/f"));
        r.step("update-function-response", update(r, "bucket", "two.zip"));
        r.step("get-function-response-updated", r.api.get("/2015-03-31/functions/f"));
    }

    private void errors() {
        Replay r = Replay.of("TestLambdaFunction.test_lambda_code_location_s3_errors", tally, TestApi.withS3(s3));
        r.step("create-error-wrong-bucket", create(r, "none", "one.zip"));
        r.step("create-error-wrong-key", create(r, "bucket", "none.zip"));
        r.api.create("f");
        r.step("update-error-wrong-bucket", update(r, "none", "one.zip"));
        r.step("update-error-wrong-key", update(r, "bucket", "none.zip"));
    }

    private void layer() {
        Replay r = Replay.of("TestLambdaLayer.test_layer_s3_content", tally, TestApi.withS3(s3));
        r.step(
                "publish_layer_result",
                r.api.send(
                        "POST",
                        "/2018-10-31/layers/utils/versions",
                        "{\"Content\": {\"S3Bucket\": \"bucket\", \"S3Key\": \"one.zip\"}}"));
    }

    private void upload() {
        Replay r = Replay.of("TestLambdaFeatures.test_upload_lambda_from_s3", tally, TestApi.pendingWithS3(s3));
        r.step("creation-response", r.api.create("f", """
                , "Handler": "handler.handler", "Timeout": 10, "Code": {"S3Bucket": "bucket", "S3Key": "one.zip"}"""));
        r.settle();
        r.api.engine.function = invocation -> new Outcome.Succeeded(InvokeScenarios.payload("""
                {"event": %s, "context": {"invoked_function_arn": "%s", "function_version": "$LATEST",
                 "function_name": "f", "memory_limit_in_mb": "128", "aws_request_id": "%s",
                 "log_group_name": "/aws/lambda/f", "log_stream_name": "stream", "client_context": null}}""".formatted(
                        new String(invocation.payload().bytes(), StandardCharsets.UTF_8),
                        invocation.invokedArn(),
                        invocation.requestId())));
        r.invoked("invocation-response", r.api.invoke("f", "{\"foo\": \"bar with 'quotes\\\"\"}"));
    }

    private static TestApi.Answer create(Replay r, String bucket, String key) {
        return r.api.create("f", ", \"Code\": {\"S3Bucket\": \"%s\", \"S3Key\": \"%s\"}".formatted(bucket, key));
    }

    private static TestApi.Answer update(Replay r, String bucket, String key) {
        return r.api.send(
                "PUT",
                "/2015-03-31/functions/f/code",
                "{\"S3Bucket\": \"%s\", \"S3Key\": \"%s\"}".formatted(bucket, key));
    }
}
