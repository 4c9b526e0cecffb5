package dev.hearth.simulation;

import dev.hearth.model.Origin;
import dev.hearth.scheduler.Figures;
import java.util.Locale;

/// What runs a function. The trace does not tell, so functions are given one by their hash, 45 in 100 Python, 40
/// Node.js, 15 Java. Start times are those measured on two cores (page in, thaw) or lie in the measured range
/// of 20 to 281 ms (boot, with every cache).
enum AssumedRuntime {
    PYTHON("Python", 45, 300, 15_000, 110_000, 2),
    NODE("Node.js", 40, 400, 29_000, 140_000, 8),
    JAVA("Java", 15, 500, 120_000, 158_000, 18);

    private static final long MIB = 1024 * 1024;

    private final String label;
    private final int percent;
    private final long thawMicros;
    private final long pageInMicros;
    private final long bootMicros;
    private final long pagedOutMib;

    AssumedRuntime(String label, int percent, long thawMicros, long pageInMicros, long bootMicros, long pagedOutMib) {
        this.label = label;
        this.percent = percent;
        this.thawMicros = thawMicros;
        this.pageInMicros = pageInMicros;
        this.bootMicros = bootMicros;
        this.pagedOutMib = pagedOutMib;
    }

    /// The same for a function in every run.
    static AssumedRuntime of(String functionId) {
        int draw = Math.floorMod(functionId.hashCode(), 100);
        for (AssumedRuntime runtime : values()) {
            if (draw < runtime.percent) {
                return runtime;
            }
            draw -= runtime.percent;
        }
        throw new AssertionError("the shares make up a hundred");
    }

    /// What calibration would find.
    Figures figures() {
        return Figures.typical()
                .calibrated(Origin.WARM, 0)
                .calibrated(Origin.THAW, thawMicros * 1_000)
                .calibrated(Origin.PAGEIN, pageInMicros * 1_000)
                .calibrated(Origin.BOOT, bootMicros * 1_000);
    }

    long bootMicros() {
        return bootMicros;
    }

    long pageInMicros() {
        return pageInMicros;
    }

    /// What stays in memory of an instance of so many bytes when it is paged out.
    long pagedOutBytes(long bytes) {
        return Math.min(bytes, pagedOutMib * MIB);
    }

    /// A line for the assumptions of a report.
    String assumption() {
        return String.format(
                Locale.ROOT,
                "%d%% %s: thaw %.1f ms, page in %d ms, boot %d ms, %d MiB resident when paged out",
                percent,
                label,
                thawMicros / 1e3,
                pageInMicros / 1_000,
                bootMicros / 1_000,
                pagedOutMib);
    }
}
