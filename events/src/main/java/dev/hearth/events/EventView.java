package dev.hearth.events;

import java.time.Instant;

/// An event as lists show it.
///
/// @param id         its request id
/// @param state      where it is in its life
/// @param attempts   how often its function ran
/// @param acceptedAt when it was accepted
/// @param due        when it is attempted next; of a kept one, since when it is kept
/// @param bytes      of its payload
/// @param reason     why it is where it is; empty for one that was never attempted
public record EventView(
        String id,
        String function,
        String qualifier,
        EventState state,
        int attempts,
        Instant acceptedAt,
        Instant due,
        int bytes,
        String reason) {

    static EventView of(Ticket ticket) {
        Standing standing = ticket.standing();
        return new EventView(
                ticket.id(),
                ticket.function(),
                ticket.qualifier(),
                standing.state(),
                standing.attempts(),
                ticket.acceptedAt(),
                standing.due(),
                ticket.bytes(),
                standing.reason());
    }
}
