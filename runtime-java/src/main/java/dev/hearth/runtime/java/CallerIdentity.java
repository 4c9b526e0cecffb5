package dev.hearth.runtime.java;

import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The Cognito identity of the caller, from JSON with `cognitoIdentityId` and `cognitoIdentityPoolId`.
@SuppressWarnings("NullAway") // absent members are null in AWS's interface
final class CallerIdentity implements CognitoIdentity {
    private final @Nullable String cognitoIdentityId;
    private final @Nullable String cognitoIdentityPoolId;

    private CallerIdentity(Map<?, ?> json) {
        this.cognitoIdentityId = CallerContext.text(json, "cognitoIdentityId");
        this.cognitoIdentityPoolId = CallerContext.text(json, "cognitoIdentityPoolId");
    }

    /// @throws IllegalArgumentException when it is not a JSON object
    static CallerIdentity parse(String header) {
        return new CallerIdentity(CallerContext.object(header, "Cognito identity"));
    }

    @Override
    public String getIdentityId() {
        return cognitoIdentityId;
    }

    @Override
    public String getIdentityPoolId() {
        return cognitoIdentityPoolId;
    }
}
