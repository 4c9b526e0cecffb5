package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.AsyncInvocation;
import dev.hearth.model.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Invoke with InvocationType Event: checked like a call, accepted like a letter.
class AsyncInvokerTest {
    private static final String INVOKE = "/2015-03-31/functions/f/invocations";
    private static final int LIMIT = (int) Limits.AWS.asyncPayload().bytes();

    private final TestApi api = TestApi.ready();

    @BeforeEach
    void aFunction() {
        api.create("f", ", \"Publish\": true");
    }

    private TestApi.Answer event(String target, byte[] payload, String... headers) {
        var all = new java.util.TreeMap<String, String>(Map.of("X-Amz-Invocation-Type", "Event"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return api.send("POST", target, all, payload);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private AsyncInvocation accepted() {
        assertThat(api.events.accepted).hasSize(1);
        return api.events.accepted.getFirst();
    }

    @Test
    void eventIsAcceptedWithAnEmptyAnswerAndNotRun() {
        TestApi.Answer answer = event(INVOKE, bytes("{\"a\": 1}"), "X-Amzn-Trace-Id", "Root=1-2-3");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.bytes()).isEmpty();
        assertThat(api.engine.invocations).isEmpty();
        assertThat(accepted().requestId()).isEqualTo(answer.header("x-amzn-RequestId"));
        assertThat(accepted().payload().bytes()).isEqualTo(bytes("{\"a\": 1}"));
        assertThat(accepted().qualifier()).isEqualTo("$LATEST");
        assertThat(accepted().invokedArn()).isEqualTo("arn:aws:lambda:us-east-1:111111111111:function:f");
        assertThat(accepted().traceId()).isEqualTo("Root=1-2-3");
    }

    @Test
    void qualifierAndClientContextAreKept() {
        String context = Base64.getEncoder().encodeToString(bytes("{\"custom\": {}}"));
        assertThat(event(INVOKE + "?Qualifier=1", bytes("{}"), "X-Amz-Client-Context", context)
                        .status())
                .isEqualTo(202);
        assertThat(accepted().qualifier()).isEqualTo("1");
        assertThat(accepted().invokedArn()).isEqualTo("arn:aws:lambda:us-east-1:111111111111:function:f:1");
        assertThat(accepted().clientContext()).contains("{\"custom\": {}}");
    }

    @Test
    void noBodyIsAnEventWithoutMembers() {
        event(INVOKE, new byte[0]);
        assertThat(accepted().payload().bytes()).isEqualTo(bytes("{}"));
    }

    @Test
    void payloadOfTheLimitIsAcceptedAndOneByteMoreIsNot() {
        assertThat(event(INVOKE, text(LIMIT)).status()).isEqualTo(202);
        TestApi.Answer refused = event(INVOKE, text(LIMIT + 1));
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.header("x-amzn-ErrorType")).isEqualTo("RequestEntityTooLargeException");
        assertThat(refused.json().get("message").asString())
                .isEqualTo("Request must be smaller than 1048576 bytes for the InvokeFunction operation");
        assertThat(api.events.accepted).hasSize(1);
    }

    /// A JSON text of so many bytes.
    private static byte[] text(int length) {
        return bytes("\"" + "x".repeat(length - 2) + "\"");
    }

    @Test
    void whatCannotBeCalledIsRefusedAtOnce() {
        assertThat(event("/2015-03-31/functions/other/invocations", bytes("{}")).status())
                .isEqualTo(404);
        assertThat(event(INVOKE + "?Qualifier=live", bytes("{}")).status()).isEqualTo(404);
        assertThat(event(INVOKE, bytes("{no")).status()).isEqualTo(400);
        assertThat(api.events.accepted).isEmpty();
    }

    @Test
    void fullQueueIsAThrottle() {
        api.events.full = true;
        TestApi.Answer answer = event(INVOKE, bytes("{}"));
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("TooManyRequestsException");
        assertThat(answer.json().get("message").asString()).isEqualTo("The queue is full.");
    }

    @Test
    void olderOperationDoesTheSame() {
        TestApi.Answer answer = api.send("POST", "/2014-11-13/functions/f/invoke-async", Map.of(), bytes("{\"b\": 2}"));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(accepted().payload().bytes()).isEqualTo(bytes("{\"b\": 2}"));
    }

    @Test
    void deletionOfAFunctionIsToldButNotThatOfAVersion() {
        api.send("DELETE", "/2015-03-31/functions/f?Qualifier=1", "");
        assertThat(api.events.deleted).isEmpty();
        api.send("DELETE", "/2015-03-31/functions/f", "");
        assertThat(api.events.deleted).containsExactly("f");
    }
}
