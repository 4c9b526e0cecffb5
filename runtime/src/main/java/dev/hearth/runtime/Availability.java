package dev.hearth.runtime;

import java.nio.file.Path;

/// Whether functions of a runtime can run on this machine.
public sealed interface Availability {
    /// They can.
    ///
    /// @param version what runs them, such as `3.13.0`; empty for custom runtimes
    /// @param program where it is on this machine; for custom runtimes the path in the sandbox
    /// @param detail  one sentence for people
    record Installed(String version, Path program, String detail) implements Availability {}

    /// They cannot: what was not found and how to install it, in one sentence.
    record Missing(String remedy) implements Availability {}
}
