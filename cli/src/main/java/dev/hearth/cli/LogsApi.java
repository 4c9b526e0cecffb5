package dev.hearth.cli;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The calls of the CloudWatch Logs API that commands make.
final class LogsApi {
    private final HttpConnection connection;

    LogsApi(HttpConnection connection) {
        this.connection = connection;
    }

    /// One line that a function logged.
    record LogEvent(String id, long timestampMillis, String stream, String message) {
        private static LogEvent of(Json json) {
            return new LogEvent(
                    json.textOrEmpty("eventId"),
                    json.number("timestamp").orElse(0L),
                    json.textOrEmpty("logStreamName"),
                    json.textOrEmpty("message"));
        }
    }

    /// A function's log events from a time on, oldest first.
    ///
    /// @throws RefusedByServer `ResourceNotFoundException` when the function has never logged
    List<LogEvent> events(String function, Instant since) {
        var all = new ArrayList<LogEvent>();
        Optional<String> token = Optional.empty();
        do {
            var request = new LinkedHashMap<String, Object>();
            request.put("logGroupName", "/aws/lambda/" + function);
            request.put("startTime", since.toEpochMilli());
            token.ifPresent(t -> request.put("nextToken", t));
            Json page = call("FilterLogEvents", request);
            page.get("events").items().forEach(event -> all.add(LogEvent.of(event)));
            token = page.text("nextToken");
        } while (token.isPresent());
        return all;
    }

    /// Deletes all that a function has logged.
    ///
    /// @return whether there was something
    boolean deleteGroup(String function) {
        try {
            call("DeleteLogGroup", Map.of("logGroupName", "/aws/lambda/" + function));
            return true;
        } catch (RefusedByServer e) {
            if (e.isNotFound()) {
                return false;
            }
            throw e;
        }
    }

    private Json call(String operation, Map<String, Object> request) {
        return Answers.json(connection.send(
                "POST",
                "/",
                "logs",
                Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", "Logs_20140328." + operation),
                new Json(request).compact().getBytes(StandardCharsets.UTF_8)));
    }
}
