package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Plays the scenarios recorded from AWS again and compares every answer with the recorded one, field by field.
class RecordedReplayTest {
    /// Steps whose answers are the same as AWS's in every field. This number only goes up.
    static final int SAME = 322;

    /// What cannot be played here, and why.
    private static final Set<String> ELSEWHERE = Set.of(
            // recorded no answer
            "TestLambdaFunction.test_function_name_and_qualifier_validation[incomplete_arn-create_function]",
            "TestLambdaFunction.test_function_name_and_qualifier_validation[qualifier_too_long1-create_function]",
            "TestLambdaBaseFeatures.test_lambda_large_response",
            "TestLambdaBaseFeatures.test_large_payloads",
            // need an S3 endpoint: S3SourceIT
            "TestLambdaFunction.test_lambda_code_location_s3",
            "TestLambdaFunction.test_lambda_code_location_s3_errors",
            "TestLambdaLayer.test_layer_s3_content",
            "TestLambdaFeatures.test_upload_lambda_from_s3",
            // what the function's own runtime answered
            "TestLambdaBaseFeatures.test_assume_role[1]",
            "TestLambdaBaseFeatures.test_assume_role[2]",
            "TestLambdaErrors.test_lambda_handler_error",
            "TestLambdaErrors.test_lambda_runtime_error",
            // what the function's own runtime logged
            "TestLambdaFeatures.test_invocation_type_event_error");

    @Test
    void answersAreTheRecordedOnes() {
        Replay.Tally tally = new Replay.Tally().play();

        System.out.println("recorded answers: " + tally.same + " of " + tally.steps + " the same in every field, "
                + tally.sameInOlderMembers + " in all that were there when they were recorded, "
                + tally.scenarios.size() + " of "
                + Replay.allScenarios().size() + " scenarios played");
        var unplayed = new TreeSet<>(Replay.allScenarios());
        unplayed.removeAll(tally.scenarios);
        assertThat(tally.different).isEmpty();
        assertThat(tally.same).isEqualTo(SAME);
        assertThat(unplayed).isEqualTo(new TreeSet<>(ELSEWHERE));
    }
}
