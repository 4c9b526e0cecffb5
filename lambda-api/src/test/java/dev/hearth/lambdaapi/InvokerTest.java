package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.Headers;
import dev.hearth.http.Request;
import dev.hearth.model.Invocation;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InvokerTest {
    private static final String FUNCTION = "/2015-03-31/functions/f";

    private final TestApi api = TestApi.ready();

    private Invocation only() {
        assertThat(api.engine.invocations).hasSize(1);
        return api.engine.invocations.getFirst();
    }

    @Test
    void invocationHasWhatTheCallerNamed() {
        api.create("f");
        api.send("PUT", "/2017-10-31/functions/f/concurrency", "{\"ReservedConcurrentExecutions\": 7}");

        api.send(
                "POST",
                FUNCTION + "/invocations?Qualifier=%24LATEST",
                Map.of("X-Amzn-Trace-Id", "Root=1-a-b", "X-Amz-Client-Context", "e30="),
                new byte[] {'1'});

        Invocation invocation = only();
        assertThat(invocation.invokedArn()).endsWith(":function:f:$LATEST");
        assertThat(invocation.traceId()).isEqualTo("Root=1-a-b");
        assertThat(invocation.clientContext()).contains("{}");
        assertThat(invocation.reservedConcurrency()).hasValue(7);
        assertThat(invocation.logTail()).isFalse();
        assertThat(api.engine.reservationChanges).isEqualTo(1);
    }

    @Test
    void aliasWithWeightGetsBothVersions() {
        api.create("f", ", \"Publish\": true");
        api.send("PUT", FUNCTION + "/configuration", "{\"Timeout\": 9}");
        api.send("POST", FUNCTION + "/versions", "{}");
        api.send(
                "POST",
                FUNCTION + "/aliases",
                "{\"Name\": \"live\", \"FunctionVersion\": \"1\", \"RoutingConfig\": {\"AdditionalVersionWeights\": {\"2\": 0.5}}}");

        var versions = new HashSet<String>();
        for (int i = 0; i < 200; i++) {
            versions.add(api.invoke("f:live", "{}").header("X-Amz-Executed-Version"));
        }

        assertThat(versions).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void failedFunctionIsRefusedWithItsReason() {
        api.create("f");
        api.catalog.write(tx -> {
            tx.put(tx.version("f", "$LATEST")
                    .orElseThrow()
                    .withState(new dev.hearth.model.VersionState.Failed("InvalidRuntime", "Install python3.12.")));
            return true;
        });

        TestApi.Answer answer = api.invoke("f", "{}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text()).contains("following state: Failed. Install python3.12.");
        assertThat(api.engine.invocations).isEmpty();
    }

    @Test
    void engineHearsOfEveryDeploymentAndRemoval() {
        api.create("f", ", \"Publish\": true");
        api.send("PUT", FUNCTION + "/configuration", "{\"Timeout\": 9}");
        api.delete(FUNCTION + "?Qualifier=1");
        api.delete(FUNCTION);

        assertThat(api.engine.deployed.stream().map(version -> version.version()))
                .containsExactly("$LATEST", "1", "$LATEST");
        assertThat(api.engine.removed).containsExactly("f:1", "f:$LATEST");
    }

    @Test
    void requestIdsAreRandomUuids() {
        var ids = new HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            String id = RequestIds.next();
            assertThat(UUID.fromString(id).version()).isEqualTo(4);
            assertThat(UUID.fromString(id).variant()).isEqualTo(2);
            ids.add(id);
        }
        assertThat(ids).hasSize(10_000);
    }

    @Test
    void bodyThatEndsEarlyIsTheCallersFault() throws IOException {
        api.create("f");
        var request =
                new Request("POST", FUNCTION + "/invocations", "", Headers.NONE, InputStream.nullInputStream(), 10, 0);

        assertThat(api.handler.handle(request).status()).isEqualTo(400);
    }

    @Test
    void bugIsAServiceExceptionAndNotABrokenConnection() {
        api.create("f");
        api.engine.function = invocation -> {
            throw new IllegalStateException("a bug");
        };

        TestApi.Answer answer = api.invoke("f", "{}");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("ServiceException");
        assertThat(answer.text()).doesNotContain("a bug");
        assertThat(answer.header("x-amzn-RequestId")).isNotEmpty();
    }
}
