package dev.hearth.telemetry;

import dev.hearth.http.Handler;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// `GET /metrics`: OpenMetrics text, or the older Prometheus text for scrapers that ask for that.
public final class MetricsHandler implements Handler {
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

    private final Metrics metrics;
    private final ExpositionFormats formats = ExpositionFormats.init(PrometheusProperties.get());

    public MetricsHandler(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public Response handle(Request request) throws IOException {
        ExpositionFormatWriter writer = formats.findWriter(request.headers()
                .first("Accept")
                .filter(a -> a.contains("text/plain"))
                .orElse(OPEN_METRICS));
        var bytes = new ByteArrayOutputStream(4096);
        writer.write(bytes, metrics.registry().scrape());
        return Response.of(200, writer.getContentType(), bytes.toByteArray());
    }
}
