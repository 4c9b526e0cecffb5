package dev.hearth.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A stretch of load: requests at a rate, which may change evenly from one to another.
///
/// @param fromRate requests per second at its start
/// @param toRate   requests per second at its end
record Stage(double fromRate, double toRate, Duration length) {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)(?:-(\\d{1,6}(?:\\.\\d{1,3})?))?/(\\d{1,5})(ms|s|m|h)");
    private static final double HIGHEST_RATE = 100_000;
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final double NANOS_PER_SECOND = 1e9;

    /// Reads `RATE/DURATION` or `FROM-TO/DURATION`.
    static Stage parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw bad(text, "write RATE/DURATION such as 200/30s, or FROM-TO/DURATION such as 200-1200/1m");
        }
        double from = Double.parseDouble(form.group(1));
        double to = form.group(2) == null ? from : Double.parseDouble(form.group(2));
        Duration length = unit(form.group(4)).multipliedBy(Long.parseLong(form.group(3)));
        if (Math.max(from, to) > HIGHEST_RATE || from + to <= 0) {
            throw bad(text, "its rate must be above 0 and at most 100,000 per second");
        }
        if (length.isZero() || length.compareTo(LONGEST) > 0) {
            throw bad(text, "it must last from 1 ms to 24 hours");
        }
        return new Stage(from, to, length);
    }

    /// How many requests it has.
    long requests() {
        return Math.max(1, Math.round((fromRate + toRate) / 2 * seconds()));
    }

    /// When a request is to be sent, in nanoseconds since the stage began: where as many are due as come before it.
    ///
    /// @param index from 0
    long dueNanos(long index) {
        // due(t) = from·t + (to − from)·t² / 2·length, solved for t in the form that loses no digits when the rates are
        // equal.
        double curve = (toRate - fromRate) / (2 * seconds());
        double root = Math.sqrt(Math.max(0, fromRate * fromRate + 4 * curve * index));
        return index == 0 ? 0 : (long) (2 * index / (fromRate + root) * NANOS_PER_SECOND);
    }

    private double seconds() {
        return length.toNanos() / NANOS_PER_SECOND;
    }

    /// `200 to 1,200/s, 30 s`
    String readable() {
        String rate = fromRate == toRate ? number(fromRate) : number(fromRate) + " to " + number(toRate);
        long millis = length.toMillis();
        return rate + "/s, " + (millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms");
    }

    private static String number(double rate) {
        return String.format(Locale.ROOT, rate == Math.rint(rate) ? "%,.0f" : "%,.3f", rate);
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            default -> Duration.ofHours(1);
        };
    }

    private static CommandFailure bad(String text, String remedy) {
        return new CommandFailure(ExitCode.USAGE, "'" + text + "' is no stage: " + remedy + ".");
    }
}
