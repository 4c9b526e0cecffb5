package dev.hearth.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A runtime that the server knows.
///
/// @param identifier such as `python3.13`
/// @param installed  whether functions can run with it on the server's machine
/// @param detail     what was found, or what to install
record RuntimeOffer(String identifier, boolean installed, String detail) {
    static RuntimeOffer of(Json json) {
        return new RuntimeOffer(
                json.textOrEmpty("identifier"),
                Boolean.TRUE.equals(json.get("installed").value()),
                json.textOrEmpty("detail"));
    }

    /// The best runtime of a family: the newest that is installed, else the newest that is known.
    static Optional<RuntimeOffer> best(List<RuntimeOffer> offers, Family family) {
        return offers.stream()
                .filter(offer -> family.owns(offer.identifier))
                .max(Comparator.comparing(RuntimeOffer::installed).thenComparingInt(RuntimeOffer::version));
    }

    /// `python3.13` is 3013, `nodejs22.x` is 22000.
    private int version() {
        String[] parts = identifier.replaceAll("^[a-z]+|\\.x$", "").split("\\.");
        return number(parts[0]) * 1_000 + (parts.length > 1 ? number(parts[1]) : 0);
    }

    private static int number(String digits) {
        String leading = digits.replaceAll("[^0-9].*", "");
        return leading.isEmpty() ? 0 : Integer.parseInt(leading);
    }
}
