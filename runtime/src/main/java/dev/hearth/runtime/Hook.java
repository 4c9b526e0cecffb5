package dev.hearth.runtime;

/// What a function may want to do around the time it stands by, initialised and frozen.
public enum Hook {
    /// Before it is frozen for the first time.
    BEFORE_PARK("before-park"),
    /// When it goes on for its first invocation after that.
    AFTER_UNPARK("after-unpark");

    private final String wireName;

    Hook(String wireName) {
        this.wireName = wireName;
    }

    /// The value of `Hearth-Hook`.
    String wireName() {
        return wireName;
    }
}
