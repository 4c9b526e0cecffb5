package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.Headers;
import dev.hearth.http.Response;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Origin;
import dev.hearth.model.Outcome;
import dev.hearth.model.StartCause;
import dev.hearth.model.ThrottleReason;
import dev.hearth.model.Timeline;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OriginHeadersTest {
    private static final String INVOCATIONS = "/2015-03-31/functions/f/invocations";

    private final TestApi api = TestApi.ready();

    private TestApi.Answer invoke(Map<String, String> headers) {
        api.create("f");
        return api.send("POST", INVOCATIONS, headers, new byte[0]);
    }

    @Test
    void answerIsSilentUnlessAsked() {
        assertThat(invoke(Map.of()).headers()).doesNotContainKey("X-Hearth-Origin");
        assertThat(invoke(Map.of("X-Hearth-Report", "0")).headers()).doesNotContainKey("X-Hearth-Timeline");
    }

    @Test
    void everyAnswerReportsWhereTheServerIsConfiguredTo() {
        var reporting = new Invoker(api.catalog, api.engine, api.clock, true);
        api.create("f");
        var invoke = new LambdaOperation.Invoke(
                new FunctionRef(dev.hearth.model.Scope.DEFAULT.function("f"), Optional.empty()),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                false,
                new byte[] {'1'},
                7);

        assertThat(reporting.invoke(invoke, "id").headers()).contains(new Response.Field("X-Hearth-Origin", "warm"));
        assertThat(OriginHeaders.wanted(Headers.NONE)).isFalse();
    }

    @Test
    void timesAreRelativeToTheRequestInOrderAndWithoutWhatDidNotHappen() {
        api.engine.origin = Optional.of(Origin.FORK);
        api.engine.cause = Optional.of(StartCause.SCALE_UP);
        api.engine.timeline = received -> new Timeline(1_000, 1_010, 1_200, 1_300, 0, 1_500, 1_600, 1_700, 1_800, 42);

        TestApi.Answer answer = invoke(Map.of("x-hearth-report", "1"));

        assertThat(answer.header("X-Hearth-Origin")).isEqualTo("fork");
        assertThat(answer.header("X-Hearth-Cause")).isEqualTo("scale_up");
        assertThat(answer.header("X-Hearth-Timeline"))
                .isEqualTo("assigned=10,sandbox_ready=200,runtime_ready=300,init_done=500,handler_start=600,"
                        + "handler_end=700,responded=800,hidden_init=42");
    }

    @Test
    void throttledInvocationHasNoOrigin() {
        var report = new InvocationReport(
                new Outcome.Throttled(ThrottleReason.RESERVED_CONCURRENCY),
                Optional.empty(),
                Optional.empty(),
                Timeline.notRun(5),
                0,
                0,
                0,
                Optional.empty());

        assertThat(OriginHeaders.on(Response.empty(429), report).headers())
                .containsExactly(new Response.Field("X-Hearth-Timeline", ""));
    }
}
