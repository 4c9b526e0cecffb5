package dev.hearth.telemetry;

/// The reference page of all metrics, made from their declaration: `docs/metrics.md`.
final class MetricsReference {
    private static final String HEAD = """
            # Metrics

            `GET /metrics` answers in OpenMetrics form (`Accept: text/plain` gets the older Prometheus text).
            This page is made from the declaration in `telemetry`; `MetricsReferenceTest` keeps it true.

            | metric | type | labels | what it counts |
            |---|---|---|---|
            """;

    private MetricsReference() {}

    /// The page as Markdown.
    static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Metric metric : Metric.values()) {
            page.append("| `")
                    .append(metric.exposedName())
                    .append("` | ")
                    .append(metric.type())
                    .append(" | ")
                    .append(String.join(", ", metric.labels()))
                    .append(" | ")
                    .append(metric.description())
                    .append(" |\n");
        }
        return page.toString();
    }
}
