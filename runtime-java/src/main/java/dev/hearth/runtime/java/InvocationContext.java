package dev.hearth.runtime.java;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a handler can ask about its invocation. Safe to read from any thread of the function.
///
/// The fields have the names of AWS's own class, and hold nothing else: functions print the context with Gson,
/// which reads fields.
@SuppressWarnings("NullAway") // AWS's interface promises nothing about null, and gives it for what is not known
final class InvocationContext implements Context {
    private final int memoryLimit;
    private final String awsRequestId;
    private final @Nullable String logGroupName;
    private final @Nullable String logStreamName;
    private final @Nullable String functionName;
    private final @Nullable String functionVersion;
    private final @Nullable String invokedFunctionArn;
    private final long deadlineTimeInMs;
    private final @Nullable CognitoIdentity cognitoIdentity;
    private final @Nullable ClientContext clientContext;
    private final @Nullable String tenantId;
    private final @Nullable String xrayTraceId;
    private final LambdaLogger logger;

    InvocationContext(Invocation invocation, LambdaLogger logger) {
        String memory = System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE");
        this.memoryLimit = memory == null ? 128 : Integer.parseInt(memory);
        this.awsRequestId = invocation.requestId;
        this.logGroupName = System.getenv("AWS_LAMBDA_LOG_GROUP_NAME");
        this.logStreamName = System.getenv("AWS_LAMBDA_LOG_STREAM_NAME");
        this.functionName = System.getenv("AWS_LAMBDA_FUNCTION_NAME");
        this.functionVersion = System.getenv("AWS_LAMBDA_FUNCTION_VERSION");
        this.invokedFunctionArn = invocation.functionArn;
        this.deadlineTimeInMs = invocation.deadlineMillis;
        this.cognitoIdentity =
                isEmpty(invocation.cognitoIdentity) ? null : CallerIdentity.parse(invocation.cognitoIdentity);
        this.clientContext = isEmpty(invocation.clientContext) ? null : CallerContext.parse(invocation.clientContext);
        this.tenantId = invocation.tenantId;
        this.xrayTraceId = invocation.traceId;
        this.logger = logger;
    }

    private static boolean isEmpty(@Nullable String header) {
        return header == null || header.isEmpty();
    }

    /// Whether the caller says it is AWS's mobile SDK for Android, which AWS gives its own JSON rules.
    static boolean isAndroid(Context context) {
        ClientContext client = context.getClientContext();
        Map<String, String> environment = client == null ? null : client.getEnvironment();
        return environment != null && "Android".equalsIgnoreCase(environment.get("platform"));
    }

    @Override
    public String getAwsRequestId() {
        return awsRequestId;
    }

    @Override
    public String getLogGroupName() {
        return logGroupName;
    }

    @Override
    public String getLogStreamName() {
        return logStreamName;
    }

    @Override
    public String getFunctionName() {
        return functionName;
    }

    @Override
    public String getFunctionVersion() {
        return functionVersion;
    }

    @Override
    public String getInvokedFunctionArn() {
        return invokedFunctionArn;
    }

    @Override
    public CognitoIdentity getIdentity() {
        return cognitoIdentity;
    }

    @Override
    public ClientContext getClientContext() {
        return clientContext;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, deadlineTimeInMs - System.currentTimeMillis()));
    }

    @Override
    public int getMemoryLimitInMB() {
        return memoryLimit;
    }

    @Override
    public LambdaLogger getLogger() {
        return logger;
    }

    // No @Override on these two: an older aws-lambda-java-core in the function's jar does not have them.
    @SuppressWarnings("MissingOverride")
    public String getTenantId() {
        return tenantId;
    }

    @SuppressWarnings("MissingOverride")
    public String getXrayTraceId() {
        return xrayTraceId;
    }
}
