package dev.hearth.cli;

import dev.hearth.cli.HttpConnection.Answer;
import java.util.Optional;

/// Reads answers of the server: JSON, or an error in AWS's form.
final class Answers {
    private Answers() {}

    /// The JSON of an answer that is no error.
    ///
    /// @throws RefusedByServer when it is one
    static Json json(Answer answer) {
        if (answer.status() >= 300) {
            throw error(answer);
        }
        return answer.body().length == 0 ? Json.EMPTY : parse(answer.body());
    }

    /// The error an answer reports.
    static RefusedByServer error(Answer answer) {
        Optional<Json> body = tryParse(answer.body());
        String type = answer.header("x-amzn-ErrorType")
                .or(() -> body.flatMap(b -> b.text("__type")))
                .map(Answers::bareType)
                .orElse("");
        String message = body.flatMap(b -> b.text("message").or(() -> b.text("Message")))
                .orElse("the server answered with status " + answer.status() + " and no reason");
        return new RefusedByServer(answer.status(), type, message);
    }

    private static Json parse(byte[] text) {
        return tryParse(text)
                .orElseThrow(
                        () -> new CommandFailure(
                                ExitCode.SERVER_FAULT,
                                "The answer is not JSON. Is it Hearth that listens there? Check --endpoint or HEARTH_ENDPOINT."));
    }

    private static Optional<Json> tryParse(byte[] text) {
        try {
            return Optional.of(Json.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// `com.amazonaws#Name:http://...` is a Name.
    private static String bareType(String type) {
        String withoutUrl = type.split(":", 2)[0];
        return withoutUrl.substring(withoutUrl.lastIndexOf('#') + 1);
    }
}
