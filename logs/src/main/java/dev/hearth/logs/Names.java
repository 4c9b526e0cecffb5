package dev.hearth.logs;

import dev.hearth.model.Scope;
import java.util.regex.Pattern;

/// Names and ARNs of log groups and streams, checked as AWS checks them.
record Names(Scope scope) {
    private static final int LONGEST = 512;
    private static final Pattern GROUP = Pattern.compile("[.\\-_/#A-Za-z0-9]+");
    private static final Pattern STREAM = Pattern.compile("[^:*\\p{Cntrl}]+");

    /// The group that a request names, in one way or the other; not yet known to exist.
    String group(Fields fields) {
        if (fields.text("logGroupName").isEmpty()
                && fields.text("logGroupIdentifier").isPresent()) {
            return checkedGroup(nameOf(fields.required("logGroupIdentifier")));
        }
        return checkedGroup(fields.required("logGroupName"));
    }

    String stream(Fields fields) {
        String name = fields.required("logStreamName");
        if (name.length() > LONGEST || !STREAM.matcher(name).matches()) {
            throw invalid(name, "logStreamName", "[^:*]*");
        }
        return name;
    }

    /// ARN of a group, as other services take it.
    String groupArn(String group) {
        return "arn:" + scope.partition() + ":logs:" + scope.region() + ":" + scope.account() + ":log-group:" + group;
    }

    String streamArn(String group, String stream) {
        return groupArn(group) + ":log-stream:" + stream;
    }

    /// The name in an ARN of a group; a name is itself.
    static String nameOf(String identifier) {
        int at = identifier.startsWith("arn:") ? identifier.indexOf(":log-group:") : -1;
        if (at < 0) {
            return identifier;
        }
        String name = identifier.substring(at + ":log-group:".length());
        return name.endsWith(":*") ? name.substring(0, name.length() - 2) : name;
    }

    private static String checkedGroup(String name) {
        if (name.length() > LONGEST || !GROUP.matcher(name).matches()) {
            throw invalid(name, "logGroupName", "[\\.\\-_/#A-Za-z0-9]+");
        }
        return name;
    }

    private static LogsException invalid(String value, String member, String pattern) {
        String shown = value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value;
        return LogsException.invalid("1 validation error detected: Value '" + shown + "' at '" + member
                + "' failed to satisfy constraint: Member must satisfy regular expression pattern: " + pattern
                + " and have length between 1 and " + LONGEST);
    }
}
