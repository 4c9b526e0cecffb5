package dev.hearth.cli;

import dev.hearth.sam.Ignored;
import dev.hearth.sam.Output;
import dev.hearth.sam.StandIn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Prints what a deploy of a template is about to do and has done.
final class StackReport {
    private static final String HIDDEN = "****";

    private final Terminal terminal;
    private final Set<String> secrets;

    /// @param secrets texts that must not be printed
    StackReport(Terminal terminal, Set<String> secrets) {
        this.terminal = terminal;
        this.secrets = secrets;
    }

    /// The changes, a line for each resource and one below it for each setting.
    List<String> diff(List<Change> changes) {
        var lines = new ArrayList<String>();
        int width = changes.stream().mapToInt(c -> title(c).length()).max().orElse(0);
        for (Change change : changes) {
            String title = title(change);
            lines.add(change.action().sign() + " " + title + " ".repeat(width - title.length() + 2) + remark(change));
            change.differences().forEach(difference -> lines.add("    " + line(difference)));
        }
        return lines;
    }

    private static String title(Change change) {
        return (change.id().isEmpty() ? "" : change.id() + ": ") + change.what() + " " + change.name();
    }

    private static String remark(Change change) {
        return switch (change.action()) {
            case CREATE -> change.what().equals("version") || change.what().equals("layer") ? "publish" : "create";
            case UPDATE -> "update";
            case NONE -> "unchanged";
            case DELETE -> "delete: not in the template any more";
            case LEFT -> "left as it is, though not in the template any more; --prune deletes it";
        };
    }

    private String line(Difference difference) {
        Difference d = hide(difference);
        return d.setting() + ": " + shown(d.setting(), d.from()) + " → " + shown(d.setting(), d.to());
    }

    private static String shown(String setting, String value) {
        if (value.isEmpty()) {
            return "none";
        }
        return setting.equals("code") ? "sha256 " + value.substring(0, Math.min(12, value.length())) : value;
    }

    void notes(Collection<StandIn> standIns, Collection<Ignored> ignored, List<String> notes) {
        for (StandIn standIn : standIns) {
            terminal.note("line " + standIn.line() + ": " + standIn.reference() + " is not here; taken for it: "
                    + standIn.value() + " (--resource " + standIn.reference() + "=VALUE sets it)");
        }
        if (!ignored.isEmpty()) {
            terminal.note("ignored:");
            byLine(ignored).forEach(i -> terminal.note("  line " + i.line() + ": " + i.what() + ": " + i.why()));
        }
        notes.forEach(terminal::note);
    }

    private static List<Ignored> byLine(Collection<Ignored> ignored) {
        return ignored.stream()
                .sorted(java.util.Comparator.comparingInt(Ignored::line))
                .toList();
    }

    void outputs(List<Output> outputs) {
        int width = outputs.stream().mapToInt(o -> o.name().length()).max().orElse(0);
        outputs.forEach(output ->
                terminal.print(output.name() + " ".repeat(width - output.name().length() + 2) + hide(output.value())));
    }

    /// Everything as one JSON object.
    Json json(String stack, boolean applied, List<Change> changes, Collection<Ignored> ignored, List<Output> outputs) {
        var json = new LinkedHashMap<String, Object>();
        json.put("stack", stack);
        json.put("applied", applied);
        json.put("changes", changes.stream().map(this::json).toList());
        json.put(
                "ignored",
                byLine(ignored).stream()
                        .map(i -> Map.of("line", (long) i.line(), "what", i.what(), "why", i.why()))
                        .toList());
        var values = new LinkedHashMap<String, Object>();
        outputs.forEach(output -> values.put(output.name(), hide(output.value())));
        json.put("outputs", values);
        return new Json(json);
    }

    private Map<String, Object> json(Change change) {
        var json = new LinkedHashMap<String, Object>();
        json.put("resource", change.id());
        json.put("type", change.what());
        json.put("name", change.name());
        json.put("action", change.action().name().toLowerCase(java.util.Locale.ROOT));
        json.put("settings", change.differences().stream().map(this::json).toList());
        return json;
    }

    private Map<String, Object> json(Difference difference) {
        Difference d = hide(difference);
        var json = new LinkedHashMap<String, Object>();
        json.put("setting", d.setting());
        json.put("from", d.from());
        json.put("to", d.to());
        return json;
    }

    /// Both sides, if either has a secret: what a secret replaces was most likely one, and a variable that goes away
    /// or gets another name has its secret on the old side alone.
    private Difference hide(Difference difference) {
        return isSecret(difference.from()) || isSecret(difference.to())
                ? new Difference(difference.setting(), HIDDEN, HIDDEN)
                : difference;
    }

    private String hide(String text) {
        return isSecret(text) ? HIDDEN : text;
    }

    private boolean isSecret(String text) {
        return secrets.stream().anyMatch(text::contains);
    }
}
