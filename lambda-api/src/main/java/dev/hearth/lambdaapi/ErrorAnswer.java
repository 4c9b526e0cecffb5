package dev.hearth.lambdaapi;

import dev.hearth.http.Response;
import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.ThrottleReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/// The one place that renders errors: status and `x-amzn-ErrorType` from the code, the members as AWS spells them.
final class ErrorAnswer {
    /// AWS answers calls on another account's functions with a `null` message.
    static final String NO_MESSAGE = "";

    /// Recorded without `Type`, unlike all others of its kind.
    static final String LATEST_WITH_WEIGHTS = "$LATEST is not supported for an alias pointing to more than 1 version";

    /// Errors whose model has `Message`; all others have `message`.
    private static final Set<ErrorCode> CAPITAL_MESSAGE = EnumSet.of(
            ErrorCode.ACCESS_DENIED,
            ErrorCode.CODE_SIGNING_CONFIG_NOT_FOUND,
            ErrorCode.INVALID_RUNTIME,
            ErrorCode.INVALID_ZIP_FILE,
            ErrorCode.RESOURCE_IN_USE,
            ErrorCode.RESOURCE_NOT_FOUND,
            ErrorCode.SERVICE,
            ErrorCode.SNAP_START_NOT_READY);

    /// Errors of AWS's front, which the Lambda model does not know: they have no `Type`.
    private static final Set<ErrorCode> UNTYPED = EnumSet.of(
            ErrorCode.ACCESS_DENIED,
            ErrorCode.EXPIRED_TOKEN,
            ErrorCode.INCOMPLETE_SIGNATURE,
            ErrorCode.INVALID_SIGNATURE,
            ErrorCode.METHOD_NOT_ALLOWED,
            ErrorCode.MISSING_AUTHENTICATION_TOKEN,
            ErrorCode.NOT_IMPLEMENTED,
            ErrorCode.SERIALIZATION,
            ErrorCode.UNKNOWN_OPERATION,
            ErrorCode.UNRECOGNIZED_CLIENT,
            ErrorCode.VALIDATION);

    private ErrorAnswer() {}

    static Response of(ApiException error) {
        return of(error.code(), String.valueOf(error.getMessage()));
    }

    static Response of(ErrorCode code, String message) {
        return answer(code, out -> {
            if (!UNTYPED.contains(code) && !message.equals(LATEST_WITH_WEIGHTS)) {
                out.writeStringProperty("Type", type(code));
            }
            writeMessage(out, code, message);
        });
    }

    static Response of(ThrottleReason reason) {
        return answer(ErrorCode.TOO_MANY_REQUESTS, out -> {
                    out.writeStringProperty("Reason", reason.awsReason());
                    out.writeStringProperty("Type", "User");
                    out.writeStringProperty("message", "Rate Exceeded.");
                })
                .with("Retry-After", "1");
    }

    private static Response answer(ErrorCode code, Json.Members members) {
        return new Response(
                code.httpStatus(),
                List.of(
                        new Response.Field("Content-Type", Json.CONTENT_TYPE),
                        new Response.Field("x-amzn-ErrorType", code.awsType())),
                new Response.Body.Bytes(Json.object(members)));
    }

    private static void writeMessage(JsonGenerator out, ErrorCode code, String message) {
        String member = CAPITAL_MESSAGE.contains(code) ? "Message" : "message";
        if (message.equals(NO_MESSAGE)) {
            out.writeNullProperty(member);
        } else {
            out.writeStringProperty(member, message);
        }
    }

    private static String type(ErrorCode code) {
        return switch (code.kind()) {
            case CALLER, FUNCTION -> "User";
            case PLATFORM -> "Service";
        };
    }
}
