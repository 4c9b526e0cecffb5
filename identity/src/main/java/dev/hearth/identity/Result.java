package dev.hearth.identity;

/// What an operation answers: writes the content of its `…Result` element.
@FunctionalInterface
interface Result {
    /// The answer of operations that have none.
    Result NONE = xml -> {};

    void writeTo(Xml xml);
}
