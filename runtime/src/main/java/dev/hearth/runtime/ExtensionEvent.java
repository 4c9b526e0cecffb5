package dev.hearth.runtime;

import java.util.Optional;

/// What extensions can be told of.
enum ExtensionEvent {
    INVOKE,
    SHUTDOWN;

    static Optional<ExtensionEvent> of(String name) {
        return switch (name) {
            case "INVOKE" -> Optional.of(INVOKE);
            case "SHUTDOWN" -> Optional.of(SHUTDOWN);
            default -> Optional.empty();
        };
    }
}
