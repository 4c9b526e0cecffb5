package dev.hearth.cli;

import java.util.List;
import java.util.Optional;

/// The runtime and handler a function is deployed with.
///
/// @param reason where they come from, for the user
record Choice(String runtime, String handler, String reason) {

    /// Chooses: what the user named comes first, then what an existing function has as long as its code
    /// still holds it, then what the package shows.
    ///
    /// @param existing the configuration of the function as it is; empty where it is new
    /// @param offers   the runtimes that the server knows
    static Choice make(
            String path,
            Recognition recognition,
            Optional<String> runtimeOption,
            Optional<String> handlerOption,
            Optional<Json> existing,
            List<RuntimeOffer> offers) {
        if (runtimeOption.isEmpty() && handlerOption.isEmpty()) {
            Optional<Choice> kept = existing.flatMap(function -> keep(function, recognition));
            if (kept.isPresent()) {
                return kept.get();
            }
        }
        Optional<Family> family = runtimeOption.flatMap(Choice::familyOf);
        boolean bothNamed = runtimeOption.isPresent() && handlerOption.isPresent();
        if (bothNamed) {
            return new Choice(runtime(runtimeOption, family, offers), handlerOption.get(), "as given");
        }
        Candidate found = handlerOption
                .map(handler -> named(handler, recognition, family, path))
                .or(() -> recognition.obvious(family))
                .orElseThrow(() -> recognition.unclear(path, family));
        String reason = "found in " + found.foundIn() + "; --runtime and --handler override";
        return new Choice(runtime(runtimeOption, Optional.of(found.family()), offers), found.handler(), reason);
    }

    private static Optional<Choice> keep(Json function, Recognition recognition) {
        String runtime = function.textOrEmpty("Runtime");
        String handler = function.textOrEmpty("Handler");
        boolean stillThere = recognition.candidates().stream()
                .anyMatch(c -> c.family().owns(runtime)
                        && (c.family() == Family.PROVIDED || sameHandler(c.handler(), handler)));
        boolean cannotTell =
                recognition.candidates().isEmpty() && recognition.hint().isEmpty();
        return stillThere || cannotTell
                ? Optional.of(new Choice(runtime, handler, "as before; --runtime and --handler override"))
                : Optional.empty();
    }

    /// `pkg.Class` and `pkg.Class::handleRequest` are the same handler.
    private static boolean sameHandler(String found, String configured) {
        return found.equals(configured) || found.equals(configured + "::handleRequest");
    }

    private static Candidate named(String handler, Recognition recognition, Optional<Family> family, String path) {
        List<Family> families = recognition.of(family).stream()
                .map(Candidate::family)
                .distinct()
                .toList();
        if (families.size() != 1) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "Cannot tell from '" + path + "' which runtime the handler '" + handler
                            + "' needs: name it with --runtime.");
        }
        return new Candidate(families.getFirst(), handler, true, path);
    }

    private static Optional<Family> familyOf(String runtime) {
        for (Family family : Family.values()) {
            if (family.owns(runtime)) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }

    /// The identifier for what was named, which may be a family (`python`) or an identifier (`python3.13`).
    private static String runtime(Optional<String> named, Optional<Family> family, List<RuntimeOffer> offers) {
        if (named.isPresent() && Family.named(named.get()).isEmpty()) {
            return named.get();
        }
        Family chosen = family.orElseThrow();
        return chosen == Family.PROVIDED
                ? chosen.usual()
                : RuntimeOffer.best(offers, chosen)
                        .map(RuntimeOffer::identifier)
                        .orElse(chosen.usual());
    }
}
