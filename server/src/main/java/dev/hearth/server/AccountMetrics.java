package dev.hearth.server;

import dev.hearth.events.EventFigures;
import dev.hearth.model.Clock;
import dev.hearth.telemetry.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Shows what accounts hold, all of them together.
final class AccountMetrics {
    private static final double MILLIS_PER_SECOND = 1e3;

    private AccountMetrics() {}

    static void watch(Metrics metrics, Accounts accounts, Clock clock) {
        metrics.watchDroppedLogEvents(() -> accounts.opened().stream()
                .mapToLong(account -> account.logs().dropped())
                .sum());
        metrics.watchAsyncEvents(
                () -> byState(figures(accounts)),
                () -> figures(accounts).stream()
                        .mapToLong(EventFigures::queuedBytes)
                        .sum(),
                () -> figures(accounts).stream()
                        .map(EventFigures::oldest)
                        .flatMap(Optional::stream)
                        .min(Comparator.naturalOrder())
                        .map(since -> seconds(since, clock.now()))
                        .orElse(0.0));
    }

    private static List<EventFigures> figures(Accounts accounts) {
        return accounts.opened().stream()
                .map(account -> account.events().figures())
                .toList();
    }

    private static Map<String, Integer> byState(List<EventFigures> all) {
        var counts = new TreeMap<String, Integer>();
        all.forEach(figures ->
                figures.byState().forEach((state, count) -> counts.merge(state.label(), count, Integer::sum)));
        return counts;
    }

    private static double seconds(Instant since, Instant now) {
        return Duration.between(since, now).toMillis() / MILLIS_PER_SECOND;
    }
}
