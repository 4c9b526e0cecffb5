package dev.hearth.events;

import dev.hearth.model.Outcome;
import dev.hearth.model.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// How an event's function ended.
///
/// @param version that ran
/// @param failed  whether it reported an error or broke
/// @param answer  what it answered, or the document that says how it broke
record Attempt(String version, boolean failed, Payload answer) {
    private static final int SHOWN = 400;

    /// Empty where no function ran.
    static Optional<Attempt> of(String version, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded(Payload answer) -> Optional.of(new Attempt(version, false, answer));
            case Outcome.FunctionFailed(String _, Payload answer) -> Optional.of(new Attempt(version, true, answer));
            case Outcome.TimedOut(var _, Payload answer) -> Optional.of(new Attempt(version, true, answer));
            case Outcome.SandboxFailed _, Outcome.Throttled _ -> Optional.empty();
        };
    }

    /// The answer's beginning, for people.
    String shown() {
        String text = new String(answer.bytes(), 0, Math.min(SHOWN, answer.size()), StandardCharsets.UTF_8);
        return answer.size() > SHOWN ? text + "…" : text;
    }
}
