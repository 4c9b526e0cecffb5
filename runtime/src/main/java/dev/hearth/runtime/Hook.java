package dev.hearth.runtime;

/// What a function may want to do around the time it stands by, initialised and frozen.
public enum Hook {
    /// Before it is frozen for the first time.
    BEFORE_PARK,
    /// When it goes on for its first invocation after that.
    AFTER_UNPARK
}
