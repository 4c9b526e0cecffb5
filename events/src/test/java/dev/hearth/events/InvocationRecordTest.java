package dev.hearth.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Against the examples in AWS's documentation of asynchronous invocation.
class InvocationRecordTest {
    private static final StoredEvent EVENT = new StoredEvent(
            Samples.call(
                    "e4b46cbf-b738-xmpl-8880-a18cdf61200e", "my-function", "{\"ORDER_IDS\":[\"9e07af03\",\"1ab1\"]}"),
            Samples.TIME,
            0,
            Optional.empty());

    private static Payload payload(String text) {
        return new Payload(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Condition condition, int attempts, Optional<Attempt> last) {
        var record = new InvocationRecord(EVENT, Samples.ARN + "my-function:$LATEST", condition, attempts, last);
        return new String(record.json(Samples.TIME).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void failureHasAwsMembersInAwsOrder() {
        var last = new Attempt("$LATEST", true, payload("{\"errorMessage\":\"RequestId: e4b4 Process exited\"}"));
        assertThat(json(Condition.RETRIES_EXHAUSTED, 3, Optional.of(last)))
                .isEqualTo("{\"version\":\"1.0\",\"timestamp\":\"2026-01-02T03:04:05.678Z\","
                        + "\"requestContext\":{\"requestId\":\"e4b46cbf-b738-xmpl-8880-a18cdf61200e\","
                        + "\"functionArn\":\"arn:aws:lambda:us-east-1:000000000000:function:my-function:$LATEST\","
                        + "\"condition\":\"RetriesExhausted\",\"approximateInvokeCount\":3},"
                        + "\"requestPayload\":{\"ORDER_IDS\":[\"9e07af03\",\"1ab1\"]},"
                        + "\"responseContext\":{\"statusCode\":200,\"executedVersion\":\"$LATEST\","
                        + "\"functionError\":\"Unhandled\"},"
                        + "\"responsePayload\":{\"errorMessage\":\"RequestId: e4b4 Process exited\"}}");
    }

    @Test
    void successHasNoFunctionError() {
        assertThat(json(Condition.SUCCESS, 1, Optional.of(new Attempt("7", false, payload("[1, 2]")))))
                .contains("\"condition\":\"Success\"")
                .contains("\"responseContext\":{\"statusCode\":200,\"executedVersion\":\"7\"}")
                .endsWith("\"responsePayload\":[1, 2]}")
                .doesNotContain("functionError");
    }

    @Test
    void eventThatNeverRanHasNoResponse() {
        assertThat(json(Condition.EVENT_AGE_EXCEEDED, 0, Optional.empty()))
                .contains("\"condition\":\"EventAgeExceeded\",\"approximateInvokeCount\":0")
                .doesNotContain("response");
    }

    @Test
    void answerThatIsNotJsonIsAText() {
        assertThat(json(Condition.SUCCESS, 1, Optional.of(new Attempt("1", false, payload("plain \"text\"")))))
                .endsWith("\"responsePayload\":\"plain \\\"text\\\"\"}");
        assertThat(json(Condition.SUCCESS, 1, Optional.of(new Attempt("1", false, payload("{\"cut\":")))))
                .endsWith("\"responsePayload\":\"{\\\"cut\\\":\"}");
        assertThat(json(Condition.SUCCESS, 1, Optional.of(new Attempt("1", false, Payload.EMPTY))))
                .endsWith("\"responsePayload\":null}");
    }
}
