package dev.hearth.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What to do about a dependency, in one line.
final class Advice {
    private static final long NOT_WORTH_NANOS = 1_000_000;
    private static final double MOSTLY_SHARED = 0.5;

    /// What is known of some that are often dear, by the beginning of their names.
    private static final Map<String, String> KNOWN = known();

    private Advice() {}

    static String on(DependencyCost cost, Instrument language) {
        if (cost.owner().kind() == Owner.Kind.OWN) {
            return "your own code: what it does while it is loaded is done in every start";
        }
        if (cost.firstCall()) {
            return "loaded in the first call, not before: it is deferred already";
        }
        if (cost.savedNanos() == 0 && cost.owner().kind() == Owner.Kind.RUNTIME) {
            return "comes with the runtime: what your code and its dependencies use of it";
        }
        if (cost.savedNanos() < NOT_WORTH_NANOS) {
            return cost.totalNanos() < NOT_WORTH_NANOS
                    ? "not worth changing"
                    : "others ask for what it loads: removing it alone saves next to nothing";
        }
        return knownOf(cost.owner().name()).orElseGet(() -> general(cost, language));
    }

    private static String general(DependencyCost cost, Instrument language) {
        String saved = Millis.text(cost.savedNanos()) + " ms";
        if (cost.places().isEmpty()) {
            return cost.others().isEmpty()
                    ? "touch it only where it is needed: " + saved + " less, until it is used"
                    : "comes with " + String.join(" and ", cost.others()) + ": without it, " + saved + " less";
        }
        String places = String.join(" and ", cost.places());
        String shared = cost.savedNanos() < MOSTLY_SHARED * cost.totalNanos() ? "; others need the rest of it" : "";
        String instead = switch (language) {
            case PYTHON -> "import it inside the function that uses it, not in " + places;
            case NODE -> "load it inside the function that uses it, not in " + places;
            case JAVA -> "touch it only where it is needed (first after " + places + ")";
        };
        return instead + ": " + saved + " less, until it is used" + shared;
    }

    private static Optional<String> knownOf(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return KNOWN.entrySet().stream()
                .filter(known -> lower.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Map<String, String> known() {
        var known = new LinkedHashMap<String, String>();
        known.put(
                "aws-lambda-java-serialization",
                "the runtime maps your handler's types with it: a RequestStreamHandler, or Map and String, do without");
        known.put(
                "boto", "make clients where they are first used, only of the services you call, and share one session");
        known.put("aws-sdk ", "take version 3 of the SDK, one package for each service");
        return known;
    }
}
