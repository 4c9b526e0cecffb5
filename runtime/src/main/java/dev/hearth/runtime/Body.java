package dev.hearth.runtime;

/// What came as a request's body.
sealed interface Body {
    /// All of it.
    ///
    /// @param errorType of the trailer a streaming function ends with where it failed midway; empty for none
    /// @param error     the error document of that trailer
    record Whole(byte[] bytes, String errorType, byte[] error) implements Body {}

    /// More than was allowed; it is forgotten.
    record Excess(long bytes) implements Body {}

    byte[] NOTHING = new byte[0];
    Body EMPTY = new Whole(NOTHING, "", NOTHING);
}
