package dev.hearth.lambdaapi;

import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;

/// AWS takes nothing but JSON as a payload. The tokens are looked at one after the other; no tree is built.
final class PayloadCheck {
    private static final String PREFIX = "Could not parse request body into json: Could not parse payload into json: ";

    private PayloadCheck() {}

    /// @throws ApiException InvalidRequestContentException in AWS's words, which are the parser's
    static void check(byte[] payload) {
        try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), payload)) {
            int depth = 0;
            int values = 0;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (depth == 0 && values++ > 0) {
                    throw invalid("Trailing token (of type " + token + ") found after the value", null);
                }
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                }
            }
        } catch (JacksonException e) {
            throw invalid(words(payload, e), e);
        }
    }

    /// The parser's words, but for a value that starts with a byte beyond ASCII: AWS's older parser does not try to
    /// decode that one, and names the byte before which it stands.
    private static String words(byte[] payload, JacksonException e) {
        int start = 0;
        while (start < payload.length && payload[start] >= 0 && payload[start] <= ' ') {
            start++;
        }
        if (start == payload.length || payload[start] >= 0) {
            return e.getOriginalMessage() + place(e.getLocation(), 0);
        }
        int code = payload[start] & 0xff;
        String shown = Character.isISOControl(code)
                ? "(CTRL-CHAR, code " + code + ")"
                : "'" + (char) code + "' (code " + code + ")";
        return "Unexpected character (" + shown
                + "): expected a valid value (JSON String, Number, Array, Object or token"
                + " 'null', 'true' or 'false')" + place(e.getLocation(), 1);
    }

    private static String place(@Nullable TokenStreamLocation location, int columnsBack) {
        return location == null
                ? ""
                : "\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: %d, column: %d]"
                        .formatted(location.getLineNr(), location.getColumnNr() - columnsBack);
    }

    private static ApiException invalid(String message, @Nullable Throwable cause) {
        return new ApiException(ErrorCode.INVALID_REQUEST_CONTENT, PREFIX + message, cause);
    }
}
