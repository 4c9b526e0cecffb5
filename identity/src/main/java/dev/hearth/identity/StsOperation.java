package dev.hearth.identity;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The operations of STS that Hearth has.
enum StsOperation {
    ASSUME_ROLE("AssumeRole"),
    GET_CALLER_IDENTITY("GetCallerIdentity"),
    GET_SESSION_TOKEN("GetSessionToken");

    private final String action;

    StsOperation(String action) {
        this.action = action;
    }

    static Optional<StsOperation> named(String action) {
        return Stream.of(values())
                .filter(operation -> operation.action.equals(action))
                .findFirst();
    }

    static String names() {
        return Stream.of(values()).map(operation -> operation.action).collect(Collectors.joining(", "));
    }
}
