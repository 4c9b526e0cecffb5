package dev.hearth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a stack made once and the template has no longer.
///
/// @param functions the functions, by name
/// @param parts     what functions that stay had beside
record Leftovers(List<String> functions, List<Part> parts) {
    Leftovers {
        functions = List.copyOf(functions);
        parts = List.copyOf(parts);
    }

    /// Looks at the tags of all functions there are.
    ///
    /// @param current the parts that the template has
    static Leftovers find(StackContext context, Set<Part> current) {
        var functions = new ArrayList<String>();
        var parts = new ArrayList<Part>();
        for (Json function : context.lambda().list()) {
            String name = function.textOrEmpty("FunctionName");
            Map<String, String> tags = context.api().tags(function.textOrEmpty("FunctionArn"));
            if (!tags.getOrDefault(StackTags.STACK, "").equals(context.inputs().stack())) {
                continue;
            }
            if (context.functions().containsKey(name)) {
                parts.addAll(gone(name, tags, current));
            } else {
                functions.add(name);
            }
        }
        return new Leftovers(functions, parts);
    }

    private static List<Part> gone(String function, Map<String, String> tags, Set<Part> current) {
        return tags.entrySet().stream()
                .filter(tag -> tag.getKey().startsWith(StackTags.PART))
                .map(tag -> Part.parse(function, tag.getValue()))
                .flatMap(Optional::stream)
                .filter(part -> !current.contains(part))
                .toList();
    }

    List<Change> changes(boolean prune) {
        Change.Action action = prune ? Change.Action.DELETE : Change.Action.LEFT;
        var changes = new ArrayList<Change>();
        parts.forEach(part -> changes.add(new Change("", part.tag(), part.function(), action, List.of())));
        functions.forEach(name -> changes.add(new Change("", "function", name, action, List.of())));
        return changes;
    }

    void delete(StackContext context) {
        // A URL or settings of an alias go before the alias.
        parts.stream()
                .sorted(java.util.Comparator.comparing(Part::kind).reversed())
                .forEach(part -> part.delete(context));
        functions.forEach(name -> context.lambda().delete(name, Optional.empty()));
    }
}
