package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.PreconditionFailedException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;
import software.amazon.awssdk.services.lambda.waiters.LambdaWaiter;

/// The API through the AWS SDK for Java 2: its waiters, paginators and exception classes are content.
@ExtendWith(SharedServer.class)
class JavaSdkIT {
    private final Lambda lambda;
    private final LambdaClient sdk;

    JavaSdkIT(Lambda lambda) {
        this.lambda = lambda;
        this.sdk = lambda.sdk();
    }

    private static Code answering(String word) {
        return Code.of("bootstrap", Shell.loop("answer '\"" + word + "\"'"));
    }

    private String deploy(String word) {
        return lambda.deploy("provided.al2023", "x", answering(word));
    }

    private LambdaWaiter waiter() {
        return LambdaWaiter.builder()
                .client(sdk)
                .overrideConfiguration(WaiterOverrideConfiguration.builder()
                        .maxAttempts(2_000)
                        .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(50)))
                        .build())
                .build();
    }

    @Test
    void waitersSeeCreationUpdateAndPublication() {
        String name = lambda.create("provided.al2023", "x", answering("one"), settings -> {});
        try (LambdaWaiter waiter = waiter()) {
            assertThat(waiter.waitUntilFunctionActiveV2(r -> r.functionName(name))
                            .matched()
                            .response())
                    .isPresent();
            sdk.updateFunctionCode(r -> r.functionName(name)
                    .zipFile(SdkBytes.fromByteArray(answering("two").zip()))
                    .publish(true));
            waiter.waitUntilFunctionUpdatedV2(r -> r.functionName(name));
            waiter.waitUntilPublishedVersionActive(r -> r.functionName(name).qualifier("1"));
            assertThat(waiter.waitUntilFunctionExists(r -> r.functionName(name))
                            .matched()
                            .response())
                    .isPresent();
        }
        assertThat(lambda.call(name, "{}", r -> r.qualifier("1")).payload()).isEqualTo("\"two\"");
    }

    @Test
    void paginatorsGiveEachFunctionOnce() {
        String first = deploy("a");
        String second = deploy("b");
        assertThat(sdk.listFunctionsPaginator(r -> r.maxItems(1)).functions().stream()
                        .map(f -> f.functionName()))
                .contains(first, second)
                .doesNotHaveDuplicates();
    }

    @Test
    void errorsAreTheirClasses() {
        String name = deploy("a");
        assertThatThrownBy(() -> sdk.getFunction(r -> r.functionName("nowhere")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Function not found: arn:aws:lambda:us-east-1:000000000000:function:nowhere");
        assertThatThrownBy(() -> sdk.updateFunctionCode(r -> r.functionName(name)
                        .revisionId("nope")
                        .zipFile(SdkBytes.fromByteArray(answering("b").zip()))))
                .isInstanceOf(PreconditionFailedException.class);
        assertThatThrownBy(() -> sdk.createFunction(r -> r.functionName(name)
                        .runtime("provided.al2023")
                        .handler("x")
                        .role(Lambda.ROLE)
                        .code(c ->
                                c.zipFile(SdkBytes.fromByteArray(answering("b").zip())))))
                .isInstanceOf(ResourceConflictException.class)
                .hasMessageContaining("Function already exist: " + name);
        assertThatThrownBy(() ->
                        sdk.updateFunctionCode(r -> r.functionName(name).zipFile(SdkBytes.fromUtf8String("not a zip"))))
                .isInstanceOf(InvalidParameterValueException.class);
        assertThatThrownBy(() -> sdk.updateFunctionConfiguration(
                        r -> r.functionName(name).memorySize(127)))
                .isInstanceOfSatisfying(
                        LambdaException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"));
    }

    @Test
    void reservedConcurrencyThrottles() {
        String name = deploy("a");
        sdk.putFunctionConcurrency(r -> r.functionName(name).reservedConcurrentExecutions(0));
        assertThatThrownBy(() -> lambda.call(name, "{}"))
                .isInstanceOfSatisfying(
                        TooManyRequestsException.class,
                        e -> assertThat(e.reasonAsString())
                                .isEqualTo("ReservedFunctionConcurrentInvocationLimitExceeded"));
        sdk.deleteFunctionConcurrency(r -> r.functionName(name));
        assertThat(lambda.call(name, "{}").payload()).isEqualTo("\"a\"");
    }

    @Test
    void dryRunAnswersWithoutRunning() {
        String name = deploy("a");
        assertThat(sdk.invoke(r -> r.functionName(name).invocationType(InvocationType.DRY_RUN))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void clientContextReachesTheFunction() {
        String name = lambda.deploy(
                Toolchain.nodeRuntime(),
                "index.handler",
                Code.of("index.js", "exports.handler = async (e, c) => c.clientContext.custom.k;"));
        String context =
                Base64.getEncoder().encodeToString("{\"custom\":{\"k\":\"v\"}}".getBytes(StandardCharsets.UTF_8));
        assertThat(lambda.call(name, "{}", r -> r.clientContext(context)).payload())
                .isEqualTo("\"v\"");
    }

    @Test
    void tagsAreKept() {
        String name = deploy("a");
        String arn = "arn:aws:lambda:us-east-1:000000000000:function:" + name;
        sdk.tagResource(r -> r.resource(arn).tags(Map.of("a", "1", "b", "2")));
        sdk.untagResource(r -> r.resource(arn).tagKeys("a"));
        assertThat(sdk.listTags(r -> r.resource(arn)).tags()).isEqualTo(Map.of("b", "2"));
    }
}
