package dev.hearth.benchmarks;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a function of `functions/cold` is sent, and what it has to answer.
///
/// @param number      of its own, so that the answer to another one is noticed
/// @param sleepMillis how long the handler is to sleep
/// @param from        what the answer has to name, which only the function's dependency knows
record Event(long number, long sleepMillis, String from) {
    byte[] json() {
        return "{\"name\":\"n%d\",\"sleepMillis\":%d}"
                .formatted(number, sleepMillis)
                .getBytes(StandardCharsets.US_ASCII);
    }

    boolean isAnsweredBy(byte[] answer) {
        try {
            var json = JsonMapper.shared().readTree(answer);
            return json.path("message").asString("").equals("Hello n" + number)
                    && json.path("from").asString("").equals(from);
        } catch (JacksonException notJson) {
            return false;
        }
    }
}
