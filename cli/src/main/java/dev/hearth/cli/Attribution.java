package dev.hearth.cli;

import dev.hearth.cli.LoadTrace.Edge;
import dev.hearth.cli.LoadTrace.Load;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which dependency costs how much of loading a function's code.
///
/// What removing one would save is what cannot be reached without it: everything that is asked for from elsewhere
/// would be loaded all the same. That is the set of modules it dominates in the graph of who asks for what.
final class Attribution {
    private final List<Load> loads = new ArrayList<>();
    private final List<Owner> ownerOf = new ArrayList<>();
    private final Owners owners;
    /// By importer. Holds the tree of first loads, and all other requests.
    private final Map<String, Set<String>> asks = new HashMap<>();
    private final Map<String, Integer> indexByName = new HashMap<>();
    private final Set<String> entries = new LinkedHashSet<>();
    private final boolean knowsWhoAsks;

    private Attribution(LoadTrace trace, Owners owners) {
        this.owners = owners;
        this.knowsWhoAsks = !trace.edges().isEmpty();
        keepTheFunctionsSide(adopt(trace), owners);
        for (Edge edge : trace.edges()) {
            if (indexByName.containsKey(edge.importer())) {
                ask(edge.importer(), edge.imported());
            }
        }
    }

    /// @return costs of all dependencies, the dearest first
    static List<DependencyCost> of(LoadTrace trace, Owners owners) {
        return new Attribution(trace, owners).costs();
    }

    /// What the runtime itself loaded before the function's code is not the function's to change, and left out.
    private void keepTheFunctionsSide(List<Load> all, Owners owners) {
        int[] newIndex = new int[all.size()];
        boolean begun = false;
        for (int i = 0; i < all.size(); i++) {
            Load load = all.get(i);
            Owner owner = owners.ownerOf(load);
            int parent = load.parent() < 0 ? LoadTrace.NO_PARENT : newIndex[load.parent()];
            boolean ofFunction = owner.kind() != Owner.Kind.RUNTIME || parent >= 0 || (begun && !knowsWhoAsks);
            begun |= owner.kind() == Owner.Kind.OWN;
            if (!ofFunction || owners.isOurs(load)) {
                newIndex[i] = LoadTrace.NO_PARENT;
                continue;
            }
            newIndex[i] = loads.size();
            keep(load.under(parent), owner);
        }
    }

    private void keep(Load load, Owner owner) {
        boolean hasParent = load.parent() >= 0;
        if (hasParent) {
            ask(loads.get(load.parent()).name(), load.name());
        } else {
            entries.add(load.name());
        }
        boolean accelerator = load.name().startsWith("_") && owner.kind() == Owner.Kind.RUNTIME && hasParent;
        indexByName.putIfAbsent(load.name(), loads.size());
        loads.add(load);
        ownerOf.add(
                accelerator && ownerOf.get(load.parent()).kind() == Owner.Kind.RUNTIME
                        ? ownerOf.get(load.parent())
                        : owner);
    }

    /// Gives what the function's code loads while it runs, which has no parent, to the module that asks for it.
    private static List<Load> adopt(LoadTrace trace) {
        Map<String, Integer> indexes = new HashMap<>();
        for (int i = 0; i < trace.loads().size(); i++) {
            indexes.putIfAbsent(trace.loads().get(i).name(), i);
        }
        Map<String, Integer> importers = new HashMap<>();
        for (Edge edge : trace.edges()) {
            Integer importer = indexes.get(edge.importer());
            if (importer != null) {
                importers.merge(edge.imported(), importer, Math::min);
            }
        }
        var adopted = new ArrayList<Load>();
        for (int i = 0; i < trace.loads().size(); i++) {
            Load load = trace.loads().get(i);
            Integer importer = importers.get(load.name());
            if (importer != null && importer < i && load.parent() < 0) {
                adopted.add(load.under(importer));
            } else {
                adopted.add(load);
            }
        }
        return adopted;
    }

    private void ask(String importer, String imported) {
        Set<String> asked = asks.computeIfAbsent(importer, name -> new LinkedHashSet<>());
        asked.add(imported);
        asked.addAll(owners.implied(imported));
    }

    private List<DependencyCost> costs() {
        Map<Owner, List<Integer>> byOwner = new LinkedHashMap<>();
        for (int i = 0; i < loads.size(); i++) {
            byOwner.computeIfAbsent(ownerOf.get(i), owner -> new ArrayList<>()).add(i);
        }
        var costs = new ArrayList<DependencyCost>();
        byOwner.forEach((owner, indexes) -> costs.add(cost(owner, indexes)));
        costs.sort(Comparator.comparingLong(DependencyCost::totalNanos).reversed());
        return costs;
    }

    private DependencyCost cost(Owner owner, List<Integer> indexes) {
        long self = indexes.stream().mapToLong(i -> loads.get(i).selfNanos()).sum();
        boolean own = owner.kind() == Owner.Kind.OWN || !owners.isRemovable(owner);
        return new DependencyCost(
                owner,
                indexes.size(),
                self,
                total(owner),
                saved(owner, self),
                own ? List.of() : places(owner),
                own ? List.of() : others(owner),
                indexes.stream().allMatch(i -> loads.get(i).firstCall()));
    }

    /// Everything below a module of this owner in the tree of first loads.
    private long total(Owner owner) {
        boolean[] below = new boolean[loads.size()];
        long total = 0;
        for (int i = 0; i < loads.size(); i++) {
            int parent = loads.get(i).parent();
            below[i] = ownerOf.get(i).equals(owner) || (parent >= 0 && below[parent]);
            total += below[i] ? loads.get(i).selfNanos() : 0;
        }
        return total;
    }

    /// Where nobody says who asks: what comes with the function, and not what comes with the runtime in any case.
    private long saved(Owner owner, long self) {
        if (owner.kind() == Owner.Kind.OWN || (!knowsWhoAsks && owners.isRemovable(owner))) {
            return self;
        }
        if (!knowsWhoAsks) {
            return 0;
        }
        Set<String> reached = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(entries);
        while (!next.isEmpty()) {
            String name = next.pop();
            Integer index = indexByName.get(name);
            if (index != null && !ownerOf.get(index).equals(owner) && reached.add(name)) {
                next.addAll(asks.getOrDefault(name, Set.of()));
            }
        }
        return loads.stream()
                .filter(load -> !reached.contains(load.name()))
                .mapToLong(Load::selfNanos)
                .sum();
    }

    private List<String> places(Owner owner) {
        var places = new LinkedHashSet<String>();
        for (int i = 0; i < loads.size(); i++) {
            if (ownerOf.get(i).kind() == Owner.Kind.OWN) {
                String importer = loads.get(i).name();
                asks.getOrDefault(importer, Set.of()).stream()
                        .filter(imported -> belongs(imported, owner))
                        .findFirst()
                        .ifPresent(imported -> places.add(owners.place(importer, imported)));
            }
        }
        return knowsWhoAsks ? List.copyOf(places) : lastOwnBefore(owner);
    }

    /// Where nobody says who asks, the class of the function that was loaded last is the best guess; none is where the
    /// first came from an archive, whose classes come all at once.
    private List<String> lastOwnBefore(Owner owner) {
        Optional<String> own = Optional.empty();
        for (int i = 0; i < loads.size(); i++) {
            if (ownerOf.get(i).equals(owner)) {
                boolean archived = loads.get(i).source().startsWith(ClassLoads.FROM_ARCHIVE);
                return archived ? List.of() : own.map(List::of).orElse(List.of());
            }
            own = ownerOf.get(i).kind() == Owner.Kind.OWN
                    ? Optional.of(loads.get(i).name())
                    : own;
        }
        return List.of();
    }

    private List<String> others(Owner owner) {
        var others = new LinkedHashSet<String>();
        for (int i = 0; i < loads.size(); i++) {
            Owner asking = ownerOf.get(i);
            boolean other = asking.kind() != Owner.Kind.OWN && !asking.equals(owner);
            if (other
                    && asks.getOrDefault(loads.get(i).name(), Set.of()).stream()
                            .anyMatch(imported -> belongs(imported, owner))) {
                others.add(asking.name());
            }
        }
        return List.copyOf(others);
    }

    private boolean belongs(String name, Owner owner) {
        Integer index = indexByName.get(name);
        return index != null && ownerOf.get(index).equals(owner);
    }
}
