package dev.hearth.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a point in time as a user types it: an age, such as `10m`, or a time.
final class Since {
    private static final Pattern AGE = Pattern.compile("(\\d{1,9})([smhdw])");

    private Since() {}

    static Instant parse(String text, Instant now) {
        Matcher age = AGE.matcher(text);
        if (age.matches()) {
            return now.minus(unit(age.group(2)).multipliedBy(Long.parseLong(age.group(1))));
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "'" + text
                            + "' is no time: write an age such as 30s, 10m, 2h or 1d, or a time such as 2026-01-31T12:00:00Z.",
                    e);
        }
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }
}
