package dev.hearth.events;

import java.util.Arrays;

/// How an event ended, in the words of the records that destinations get.
public enum Condition {
    SUCCESS(1, "Success"),
    RETRIES_EXHAUSTED(2, "RetriesExhausted"),
    EVENT_AGE_EXCEEDED(3, "EventAgeExceeded");

    private final byte code;
    private final String awsName;

    Condition(int code, String awsName) {
        this.code = (byte) code;
        this.awsName = awsName;
    }

    /// In the journal.
    byte code() {
        return code;
    }

    static Condition of(byte code) {
        return Arrays.stream(values())
                .filter(condition -> condition.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no condition of code " + code));
    }

    /// As AWS writes it.
    public String awsName() {
        return awsName;
    }
}
