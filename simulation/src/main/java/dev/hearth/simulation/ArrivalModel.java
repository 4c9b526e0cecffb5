package dev.hearth.simulation;

/// What is assumed of arrivals within a minute, of which a trace tells the number only.
enum ArrivalModel {
    /// Each at a moment of its own, anywhere in the minute.
    UNIFORM("uniform", 60_000_000, "each call at a random moment of its minute, independent of the others"),
    /// All of a minute within five seconds, which begin at the same second of each minute for a function.
    SQUEEZED(
            "squeezed into 5 s",
            5_000_000,
            "all calls of a minute within 5 s, from a second on that is the function's own");

    private final String label;
    private final int spanMicros;
    private final String assumption;

    ArrivalModel(String label, int spanMicros, String assumption) {
        this.label = label;
        this.spanMicros = spanMicros;
        this.assumption = assumption;
    }

    String label() {
        return label;
    }

    /// Within which time the arrivals of a minute lie.
    int spanMicros() {
        return spanMicros;
    }

    String assumption() {
        return assumption;
    }
}
