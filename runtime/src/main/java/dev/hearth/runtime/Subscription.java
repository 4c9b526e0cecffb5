package dev.hearth.runtime;

import java.util.List;

/// What an extension wants to be told, how, and where.
///
/// @param types each once, in the order in which it named them
record Subscription(TelemetrySchema schema, List<TelemetryType> types, Destination destination, Buffering buffering) {
    Subscription {
        types = List.copyOf(types);
    }
}
