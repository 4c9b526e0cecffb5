package dev.hearth.runtime;

import java.io.IOException;
import java.util.List;

/// A way to a subscriber's listener. Used by one thread, but for [#close].
interface Delivery extends AutoCloseable {
    /// Sends events and waits until the listener has taken them, as far as its protocol tells.
    ///
    /// @throws IOException where it has not; they may be sent again
    void send(List<byte[]> events) throws IOException;

    /// Ends what [#send] does, now and later.
    @Override
    void close();
}
