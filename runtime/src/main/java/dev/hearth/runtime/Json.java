package dev.hearth.runtime;

import tools.jackson.core.io.JsonStringEncoder;

/// Strings for JSON that is put together by hand.
public final class Json {
    private Json() {}

    /// With its quotation marks.
    public static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }
}
