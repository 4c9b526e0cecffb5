package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.model.Outcome;
import dev.hearth.model.Payload;
import dev.hearth.model.ThrottleReason;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/// The AWS SDK for Java 2 uses the API, signed.
class JavaSdkIT {
    private TestServer server;
    private LambdaClient client;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.signed();
        client = LambdaClient.builder()
                .endpointOverride(URI.create(server.endpoint()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(TestServer.KEY.id(), TestServer.KEY.secret())))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(configuration -> configuration.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void create() {
        client.createFunction(request -> request.functionName("f")
                .runtime(Runtime.JAVA25)
                .handler("h")
                .role(TestApi.ROLE)
                .code(code -> code.zipFile(SdkBytes.fromByteArray(TestApi.zipBytes("one")))));
    }

    @Test
    void createsWaitsInvokesAndDeletes() {
        create();
        assertThat(client.waiter()
                        .waitUntilFunctionActiveV2(request -> request.functionName("f"))
                        .matched()
                        .response())
                .hasValueSatisfying(
                        found -> assertThat(found.configuration().state()).isEqualTo(State.ACTIVE));

        InvokeResponse answer =
                client.invoke(request -> request.functionName("f").payload(SdkBytes.fromUtf8String("{\"a\":\"ä\"}")));

        assertThat(answer.payload().asUtf8String()).isEqualTo("{\"a\":\"ä\"}");
        assertThat(answer.executedVersion()).isEqualTo("$LATEST");
        assertThat(answer.responseMetadata().requestId())
                .isEqualTo(server.engine.invocations.getFirst().requestId());
        client.deleteFunction(request -> request.functionName("f"));
        assertThatThrownBy(() -> client.getFunction(request -> request.functionName("f")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Function not found: arn:aws:lambda:us-east-1:000000000000:function:f");
    }

    @Test
    void functionErrorAndThrottleAreWhatTheSdkKnows() {
        create();
        var error = new Payload("{\"errorType\":\"E\"}".getBytes(StandardCharsets.UTF_8));
        server.engine.function = invocation -> new Outcome.FunctionFailed("E", error);
        assertThat(client.invoke(request -> request.functionName("f")).functionError())
                .isEqualTo("Unhandled");

        server.engine.function = invocation -> new Outcome.Throttled(ThrottleReason.ACCOUNT_CONCURRENCY);
        assertThatThrownBy(() -> client.invoke(request -> request.functionName("f")))
                .isInstanceOfSatisfying(TooManyRequestsException.class, e -> {
                    assertThat(e.reasonAsString()).isEqualTo("ConcurrentInvocationLimitExceeded");
                    assertThat(e.retryAfterSeconds()).isEqualTo("1");
                });
    }
}
