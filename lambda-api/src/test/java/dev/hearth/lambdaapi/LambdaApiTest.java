package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LambdaApiTest {
    private final TestApi api = TestApi.ready();

    @Test
    void createsAndInvokes() {
        assertThat(api.create("resize").status()).isEqualTo(201);

        TestApi.Answer answer = api.invoke("resize", "{\"a\":1}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"a\":1}");
        assertThat(answer.header("X-Amz-Executed-Version")).isEqualTo("$LATEST");
        assertThat(answer.header("x-amzn-RequestId"))
                .isEqualTo(api.engine.invocations.getFirst().requestId());
    }

    @Test
    void unknownPathIsNamed() {
        TestApi.Answer answer = api.get("/2015-03-31/nothing");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("UnknownOperationException");
        assertThat(answer.json().get("message").asString()).contains("/2015-03-31/nothing");
    }
}
