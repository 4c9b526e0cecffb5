package dev.hearth.engine;

/// Where what functions write goes.
public interface LogSink {
    /// Opens the log of one instance.
    ///
    /// @param account whose function it is
    /// @param group  such as `/aws/lambda/NAME`
    /// @param stream such as `2026/11/20/[$LATEST]0123456789abcdef0123456789abcdef`
    Log open(String account, String group, String stream);

    /// One instance's log. Called by one thread at a time; must not block on disk.
    interface Log {
        /// Adds an event.
        ///
        /// @param epochMillis when it was written
        /// @param message     one line, without its line break
        void append(long epochMillis, String message);
    }
}
