package dev.hearth.conformance;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.State;

/// The AWS SDK for Java 2, with the few calls that most tests make.
final class Lambda implements AutoCloseable {
    static final String ROLE = "arn:aws:iam::000000000000:role/any";
    private static final Duration ACTIVE_LIMIT = Duration.ofMinutes(3);
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final LambdaClient sdk;

    private Lambda(LambdaClient sdk) {
        this.sdk = sdk;
    }

    static Lambda at(URI endpoint) {
        return at(endpoint, "test", "test");
    }

    /// Without retries: a test sees the first answer.
    static Lambda at(URI endpoint, String key, String secret) {
        return new Lambda(LambdaClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
                .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
                .build());
    }

    LambdaClient sdk() {
        return sdk;
    }

    /// A name no other test has.
    static String newName(String hint) {
        return hint + "-" + NAMES.incrementAndGet();
    }

    /// Creates a function and waits until it is Active.
    ///
    /// @return its name
    String deploy(String runtime, String handler, Code code) {
        return deploy(runtime, handler, code, settings -> {});
    }

    /// The same with more settings.
    String deploy(String runtime, String handler, Code code, Consumer<CreateFunctionRequest.Builder> more) {
        String name = create(runtime, handler, code, more);
        awaitState(name, State.ACTIVE);
        return name;
    }

    /// Creates a function and does not wait.
    String create(String runtime, String handler, Code code, Consumer<CreateFunctionRequest.Builder> more) {
        String name = newName(runtime.replaceAll("[^a-z]", ""));
        sdk.createFunction(settings -> {
            settings.functionName(name)
                    .runtime(runtime)
                    .handler(handler)
                    .role(ROLE)
                    .timeout(60)
                    .code(c -> c.zipFile(SdkBytes.fromByteArray(code.zip())));
            more.accept(settings);
        });
        return name;
    }

    /// @return the configuration in that state
    GetFunctionConfigurationResponse awaitState(String name, State state) {
        Deadline.await(name + " becomes " + state, ACTIVE_LIMIT, () -> {
            GetFunctionConfigurationResponse now = sdk.getFunctionConfiguration(r -> r.functionName(name));
            if (now.state() != state && now.state() != State.PENDING) {
                throw new IllegalStateException(name + " is " + now.state() + ": " + now.stateReason());
            }
            return now.state() == state;
        });
        return sdk.getFunctionConfiguration(r -> r.functionName(name));
    }

    /// Waits for the end of an update.
    void awaitUpdated(String name) {
        Deadline.await(
                name + " is updated",
                ACTIVE_LIMIT,
                () -> sdk.getFunctionConfiguration(r -> r.functionName(name))
                        .lastUpdateStatusAsString()
                        .equals("Successful"));
    }

    /// A synchronous call with the log's tail.
    Answer call(String name, String payload) {
        return call(name, payload, request -> {});
    }

    /// The same with more of the request set.
    Answer call(String name, String payload, Consumer<InvokeRequest.Builder> more) {
        InvokeResponse response = sdk.invoke(request -> {
            request.functionName(name).logType(LogType.TAIL).payload(SdkBytes.fromUtf8String(payload));
            more.accept(request);
        });
        String log = response.logResult() == null
                ? ""
                : new String(Base64.getDecoder().decode(response.logResult()), StandardCharsets.UTF_8);
        return new Answer(
                response.statusCode(),
                Optional.ofNullable(response.functionError()),
                response.payload().asUtf8String(),
                log);
    }

    /// A call whose log is whole. A caller has it as it is where the function is not done with the invocation two
    /// seconds after its answer; then the function is called again.
    Answer callForLog(String name, String payload) {
        return whole(() -> call(name, payload));
    }

    /// The first answer of several calls whose log is whole.
    static Answer whole(Supplier<Answer> call) {
        return Stream.generate(call)
                .limit(20)
                .filter(answer -> answer.log().contains("REPORT RequestId: "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no call's log had its REPORT line"));
    }

    void delete(String name) {
        sdk.deleteFunction(r -> r.functionName(name));
    }

    /// Names of all functions, through the paginator.
    java.util.List<String> names() {
        return sdk.listFunctionsPaginator().functions().stream()
                .map(FunctionConfiguration::functionName)
                .toList();
    }

    @Override
    public void close() {
        sdk.close();
    }
}
