package dev.hearth.runtime.java;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// A log event in AWS's JSON form.
final class JsonLogLine {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private JsonLogLine() {}

    static String of(String message, String level, @Nullable Invocation invocation) {
        StringBuilder json = new StringBuilder(message.length() + 160);
        json.append("{\"timestamp\":\"").append(TIMESTAMP.format(Instant.now()));
        JsonText.string(json.append("\",\"message\":"), message);
        json.append(",\"level\":\"").append(level).append('"');
        if (invocation != null) {
            JsonText.string(json.append(",\"AWSRequestId\":"), invocation.requestId);
            if (invocation.tenantId != null) {
                JsonText.string(json.append(",\"tenantId\":"), invocation.tenantId);
            }
        }
        return json.append("}\n").toString();
    }
}
