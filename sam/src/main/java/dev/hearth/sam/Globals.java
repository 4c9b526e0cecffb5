package dev.hearth.sam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// How SAM merges `Globals` into a resource: maps merge, lists append, anything else of the resource wins. A function
/// call counts as anything else.
final class Globals {
    private Globals() {}

    static Value.Mapping merge(Value.Mapping global, Value.Mapping local) {
        var merged = new LinkedHashMap<>(global.entries());
        local.entries().forEach((key, value) -> merged.merge(key, value, Globals::merge));
        return new Value.Mapping(local.line(), merged);
    }

    private static Value merge(Value global, Value local) {
        if (global instanceof Value.Mapping g && local instanceof Value.Mapping l && isData(g) && isData(l)) {
            return merge(g, l);
        }
        if (global instanceof Value.Sequence g && local instanceof Value.Sequence l) {
            List<Value> items = new ArrayList<>(g.items());
            items.addAll(l.items());
            return new Value.Sequence(l.line(), items);
        }
        return local;
    }

    private static boolean isData(Value.Mapping mapping) {
        return Intrinsic.of(mapping).isEmpty() && !Intrinsic.isForeign(mapping);
    }
}
