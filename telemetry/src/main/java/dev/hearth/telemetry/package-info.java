/// Metrics, declared once in [Metric], counted through [Metrics], exposed in OpenMetrics form by
/// [MetricsHandler]. Safe for use by any thread; counting takes no lock.
@NullMarked
package dev.hearth.telemetry;

import org.jspecify.annotations.NullMarked;
