package dev.hearth.lambdaapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// How many of the recorded scenarios pass strictly: each of their steps was played, and every answer is the recorded
/// one in every field, a member that is absent being absent.
///
/// @param passing  scenarios
/// @param answered scenarios that recorded an answer at all
/// @param others   of those that do not pass, the first reason
record RecordedCount(int passing, int answered, Map<String, String> others) {

    static RecordedCount of(Replay.Tally tally) {
        return of(tally, Set.of());
    }

    /// @param elsewhere steps that passed in other tests, each a scenario, a tab and the step
    static RecordedCount of(Replay.Tally tally, Set<String> elsewhere) {
        int passing = 0;
        int answered = 0;
        var others = new TreeMap<String, String>();
        for (String scenario : Replay.allScenarios()) {
            List<String> steps = Replay.steps(scenario);
            if (steps.isEmpty()) {
                continue;
            }
            answered++;
            String reason = reason(tally, scenario, steps, elsewhere);
            if (reason.isEmpty()) {
                passing++;
            } else {
                others.put(scenario, reason);
            }
        }
        return new RecordedCount(passing, answered, others);
    }

    /// Empty where it passes.
    private static String reason(Replay.Tally tally, String scenario, List<String> steps, Set<String> elsewhere) {
        Map<String, List<String>> played = tally.played.getOrDefault(scenario, Map.of());
        for (String step : steps) {
            if (elsewhere.contains(scenario + "\t" + step)) {
                continue;
            }
            List<String> differences = played.get(step);
            if (differences == null) {
                return step + ": not played";
            }
            if (!differences.isEmpty()) {
                return step + ": " + differences.getFirst();
            }
        }
        return "";
    }

    /// The count in a line, then a line for each scenario that does not pass.
    List<String> report() {
        var lines = new ArrayList<String>();
        lines.add("%d of %d recorded scenarios pass strictly".formatted(passing, answered));
        others.forEach((scenario, reason) -> lines.add(scenario + "  " + reason));
        return lines;
    }
}
