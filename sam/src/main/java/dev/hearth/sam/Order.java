package dev.hearth.sam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Puts resources in the order in which they have to be made: what one refers to comes before it, and layers before
/// functions; else as in the template.
final class Order {
    private final Map<String, Resource> resources;
    private final Function<Resource, Set<String>> dependencies;
    private final Set<String> done = new LinkedHashSet<>();
    private final Set<String> path = new LinkedHashSet<>();

    private Order(Map<String, Resource> resources, Function<Resource, Set<String>> dependencies) {
        this.resources = resources;
        this.dependencies = dependencies;
    }

    /// @param dependencies the logical ids of the resources that one needs
    static List<Resource> of(Map<String, Resource> resources, Function<Resource, Set<String>> dependencies) {
        var order = new Order(resources, dependencies);
        var byType = new ArrayList<>(resources.values());
        byType.sort(java.util.Comparator.comparing(Resource::type));
        byType.forEach(order::visit);
        var sorted = new LinkedHashMap<String, Resource>();
        order.done.forEach(id -> sorted.put(id, java.util.Objects.requireNonNull(resources.get(id))));
        return List.copyOf(sorted.values());
    }

    private void visit(Resource resource) {
        if (done.contains(resource.id())) {
            return;
        }
        if (!path.add(resource.id())) {
            var cycle = new ArrayList<>(path);
            List<String> members = cycle.subList(cycle.indexOf(resource.id()), cycle.size());
            throw new TemplateException(
                    resource.line(),
                    "resources depend on each other in a circle: " + String.join(" → ", members) + " → " + resource.id()
                            + "; break it, for example with a FunctionName in place of a reference");
        }
        for (String id : new TreeSet<>(dependencies.apply(resource))) {
            Resource needed = resources.get(id);
            if (needed != null) {
                visit(needed);
            }
        }
        path.remove(resource.id());
        done.add(resource.id());
    }
}
