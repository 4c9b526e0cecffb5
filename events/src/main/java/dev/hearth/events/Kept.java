package dev.hearth.events;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Events that failed for good, the oldest first, within limits. Not safe for use by several threads.
final class Kept {
    private final EventsConfig config;
    private final Map<String, Ticket> tickets = new LinkedHashMap<>();
    private long bytes;

    Kept(EventsConfig config) {
        this.config = config;
    }

    void add(Ticket ticket) {
        tickets.put(ticket.id(), ticket);
        bytes += ticket.bytes();
    }

    boolean remove(Ticket ticket) {
        if (!tickets.remove(ticket.id(), ticket)) {
            return false;
        }
        bytes -= ticket.bytes();
        return true;
    }

    /// Takes out what is too old or too much.
    List<Ticket> expire(Instant now) {
        var out = new ArrayList<Ticket>();
        for (Ticket ticket : List.copyOf(tickets.values())) {
            if (!isTooMuch() && !isTooOld(ticket, now)) {
                break;
            }
            remove(ticket);
            out.add(ticket);
        }
        return out;
    }

    boolean isOverdue(Instant now) {
        return isTooMuch()
                || (!tickets.isEmpty() && isTooOld(tickets.values().iterator().next(), now));
    }

    private boolean isTooMuch() {
        return tickets.size() > config.maxKept() || bytes > config.maxBytes().bytes();
    }

    private boolean isTooOld(Ticket ticket, Instant now) {
        return ticket.standing().since().isBefore(now.minus(config.keep()));
    }

    Collection<Ticket> all() {
        return tickets.values();
    }
}
