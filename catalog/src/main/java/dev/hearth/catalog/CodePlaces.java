package dev.hearth.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Where a [CodeStore] keeps things, and how they get there: made under another name, then renamed.
/// The caller sees to it that one name is made by one thread at a time.
record CodePlaces(Path directory, String halfMade) {
    private static final String HALF_MADE = ".new-";
    private static final String OUTDATED = ".old-";
    private static final String ZIP = ".zip";
    private static final String PARTS = ".parts";

    /// Fills a directory that does not exist yet.
    @FunctionalInterface
    interface Builder {
        void build(Path root) throws IOException;
    }

    static CodePlaces open(Path directory) throws IOException {
        var places = new CodePlaces(directory, HALF_MADE + UUID.randomUUID() + "-");
        Durable.createDirectories(directory);
        // unpacked files are not flushed one by one: after a reboot they are made again from the zips
        if (BootMark.isNew(directory)) {
            places.setAside(places.trees());
            places.setAside(places.layers());
            BootMark.write(directory);
        }
        for (Path part : places.parts()) {
            Durable.createDirectories(part);
        }
        return places;
    }

    Path zip(String sha256) {
        return zips().resolve(sha256 + ZIP);
    }

    Path tree(String sha256) {
        return trees().resolve(sha256);
    }

    Path merged(String key) {
        return layers().resolve(key);
    }

    /// A file beside the zips that nobody else uses.
    Path freshZip() {
        return fresh(zips());
    }

    /// Gives a zip its name, durably.
    void keepZip(Path fresh, Path zip) throws IOException {
        Files.setPosixFilePermissions(fresh, Trees.READ);
        Durable.sync(fresh);
        Files.move(fresh, zip, StandardCopyOption.ATOMIC_MOVE);
        Durable.sync(zips());
    }

    /// Makes a directory; when the builder fails, nothing is left of it.
    void make(Path target, Builder builder) throws IOException {
        Path fresh = fresh(target.resolveSibling(""));
        try {
            builder.build(fresh);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Trees.delete(fresh);
        }
    }

    /// Remembers which packages a merge is made of.
    void noteParts(String key, List<String> sha256s) throws IOException {
        Files.write(layers().resolve(key + PARTS), sha256s);
    }

    /// The packages whose zips are here.
    List<String> storedZips() throws IOException {
        return list(zips()).stream()
                .map(CodePlaces::name)
                .filter(name -> name.endsWith(ZIP))
                .map(name -> name.substring(0, name.length() - ZIP.length()))
                .toList();
    }

    /// Removes what earlier processes did not finish; leaves what this one is making.
    void removeHalfMade() throws IOException {
        for (Path entry : list(directory)) {
            if (name(entry).startsWith(OUTDATED)) {
                Trees.delete(entry);
            }
        }
        for (Path part : parts()) {
            for (Path entry : list(part)) {
                if (name(entry).startsWith(HALF_MADE) && !name(entry).startsWith(halfMade)) {
                    Trees.delete(entry);
                }
            }
        }
    }

    void removeIfOlder(String sha256, Instant before) throws IOException {
        Path zip = zip(sha256);
        if (Files.exists(zip) && Files.getLastModifiedTime(zip).toInstant().isBefore(before)) {
            Files.delete(zip);
            Trees.delete(tree(sha256));
        }
    }

    /// The packages that are unpacked here.
    List<String> unpackedTrees() throws IOException {
        return list(trees()).stream()
                .map(CodePlaces::name)
                .filter(name -> !name.startsWith(HALF_MADE))
                .toList();
    }

    void removeTreeWithoutZip(String sha256) throws IOException {
        if (!Files.exists(zip(sha256))) {
            Trees.delete(tree(sha256));
        }
    }

    /// Removes merges of which a part is gone.
    void removeBrokenMerges() throws IOException {
        for (Path parts : list(layers())) {
            if (name(parts).endsWith(PARTS) && !allStored(parts)) {
                Trees.delete(merged(name(parts).replace(PARTS, "")));
                Files.delete(parts);
            }
        }
    }

    private boolean allStored(Path parts) throws IOException {
        return Files.readAllLines(parts).stream().allMatch(sha256 -> Files.exists(zip(sha256)));
    }

    private void setAside(Path part) throws IOException {
        if (Files.exists(part)) {
            Files.move(part, directory.resolve(OUTDATED + UUID.randomUUID()), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private List<Path> parts() {
        return List.of(zips(), trees(), layers());
    }

    private Path zips() {
        return directory.resolve("zips");
    }

    private Path trees() {
        return directory.resolve("trees");
    }

    private Path layers() {
        return directory.resolve("layers");
    }

    private Path fresh(Path parent) {
        return parent.resolve(halfMade + UUID.randomUUID());
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }
}
