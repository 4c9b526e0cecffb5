package dev.hearth.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Resolutions by function and qualifier, in memory. Any thread; a hit takes no lock.
///
/// What a load puts in can never be older than the last write that returned: a load fills the entry it found
/// *before* it read the catalog, and a write removes the function's entry *after* its commit. A load that read
/// the state before the commit so fills an entry that nobody looks at any more.
final class ResolutionCache {
    private final int functions;
    private final Map<String, Map<String, Resolution>> entries = new ConcurrentHashMap<>();

    /// @param functions the most functions that are kept
    ResolutionCache(int functions) {
        this.functions = functions;
    }

    Optional<Resolution> get(String function, String qualifier, Supplier<Optional<Resolution>> load) {
        Map<String, Resolution> found = entries.get(function);
        if (found != null) {
            Resolution hit = found.get(qualifier);
            if (hit != null) {
                return Optional.of(hit);
            }
        }
        return miss(function, qualifier, load);
    }

    /// Call after the commit of a write that touched the function.
    void invalidate(String function) {
        entries.remove(function);
    }

    int size() {
        return entries.size();
    }

    private Optional<Resolution> miss(String function, String qualifier, Supplier<Optional<Resolution>> load) {
        Map<String, Resolution> entry = entries.computeIfAbsent(function, f -> new ConcurrentHashMap<>(2));
        try {
            Optional<Resolution> loaded = load.get();
            loaded.ifPresent(resolution -> entry.put(qualifier, resolution));
            return loaded;
        } finally {
            if (entry.isEmpty()) {
                entries.remove(function, entry); // names that do not exist take no memory
            }
            makeRoom(function);
        }
    }

    /// Which function goes is left to chance; one that is used comes back with its next call.
    private void makeRoom(String newest) {
        var names = entries.keySet().iterator();
        while (entries.size() > functions && names.hasNext()) {
            if (!names.next().equals(newest)) {
                names.remove();
            }
        }
    }
}
