package dev.hearth.catalog;

import dev.hearth.model.ApiException;
import dev.hearth.model.Clock;
import dev.hearth.model.CodeRef;
import dev.hearth.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Code packages on disk, once each, under the SHA-256 of their zip.
///
/// ```
/// zips/SHA.zip      as uploaded, durable
/// trees/SHA/        unpacked, read-only; made from the zip whenever it is missing
/// layers/KEY/       several trees laid over one another, beside it KEY.parts with their names
/// */.new-…          being made; renamed when complete
/// ```
///
/// What stands under its final name is complete. Safe for use by any thread; the methods read and write files, so
/// they belong where a version is prepared, not where it is called.
public final class CodeStore {
    /// How long a package may lie unreferenced: a call that has stored it may not have written its version yet.
    public static final Duration GRACE = Duration.ofHours(1);

    private static final int LOCKS = 64;

    private final CodePlaces places;
    private final Limits limits;
    private final Clock clock;
    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);

    private CodeStore(CodePlaces places, Limits limits, Clock clock) {
        this.places = places;
        this.limits = limits;
        this.clock = clock;
    }

    /// Opens the store in a directory, made where it does not exist. One process at a time: the catalog beside it
    /// sees to that.
    public static CodeStore open(Path directory, Limits limits, Clock clock) throws IOException {
        return new CodeStore(CodePlaces.open(directory), limits, clock);
    }

    /// Stores a package sent in a request. It is checked, unpacked and on the disk when this returns; the same
    /// package again changes nothing.
    ///
    /// @throws ApiException when it is too large, not a zip, or a zip that may not be unpacked
    public CodeRef put(byte[] zip) throws IOException {
        return put(new ByteArrayInputStream(zip), limits.zipDirect().bytes());
    }

    /// Stores a package from elsewhere, which may be larger than one in a request. Reads the stream to its end and
    /// leaves it open.
    ///
    /// @throws ApiException as for [#put(byte\[\])]
    public CodeRef put(InputStream zip) throws IOException {
        return put(zip, limits.codeUnpacked().bytes());
    }

    /// The zip as it was uploaded.
    ///
    /// @throws NoSuchFileException when it is not here
    public Path zip(CodeRef code) throws IOException {
        Path zip = places.zip(code.sha256());
        if (!Files.isRegularFile(zip)) {
            throw new NoSuchFileException(
                    zip.toString(), null, "this code package is not in the store; deploy the function or layer again");
        }
        return zip;
    }

    /// The unpacked package, read-only.
    public Path tree(CodeRef code) throws IOException {
        Path tree = places.tree(code.sha256());
        if (!Files.isDirectory(tree)) {
            locked(code.sha256(), () -> {
                if (!Files.isDirectory(tree)) {
                    unpackStored(zip(code), tree);
                }
            });
        }
        return tree;
    }

    /// Layers laid over one another in order, the later on top: what a function sees at `/opt`, read-only.
    ///
    /// @throws ApiException when a symbolic link leads out of them
    public Path layers(List<CodeRef> codes) throws IOException {
        if (codes.size() == 1) {
            return tree(codes.getFirst());
        }
        List<String> names = codes.stream().map(CodeRef::sha256).toList();
        String key = Sha256.of(String.join("\n", names).getBytes(StandardCharsets.UTF_8));
        Path merged = places.merged(key);
        if (!Files.isDirectory(merged)) {
            var parts = new ArrayList<Path>();
            for (CodeRef code : codes) {
                parts.add(tree(code)); // before the lock: it takes one itself
            }
            locked(key, () -> {
                if (!Files.isDirectory(merged)) {
                    places.noteParts(key, names);
                    places.make(merged, fresh -> LayerMerge.merge(parts, fresh));
                }
            });
        }
        return merged;
    }

    /// Bytes of all files of a package, unpacked.
    public long unpackedBytes(CodeRef code) throws IOException {
        return Trees.bytes(tree(code));
    }

    /// [#recover(Set, Duration)] with the usual [#GRACE].
    public void recover(Set<String> referenced) throws IOException {
        recover(referenced, GRACE);
    }

    /// Removes what an earlier process left half-made, and packages that nothing refers to. Call at start, while
    /// no instance runs; packages may be stored meanwhile.
    ///
    /// @param referenced SHA-256 of the packages to keep
    /// @param grace      how old an unreferenced package must be
    public void recover(Set<String> referenced, Duration grace) throws IOException {
        places.removeHalfMade();
        Instant before = clock.now().minus(grace);
        for (String sha256 : places.storedZips()) {
            if (!referenced.contains(sha256)) {
                locked(sha256, () -> places.removeIfOlder(sha256, before));
            }
        }
        for (String sha256 : places.unpackedTrees()) {
            locked(sha256, () -> places.removeTreeWithoutZip(sha256));
        }
        places.removeBrokenMerges();
    }

    private CodeRef put(InputStream in, long limitBytes) throws IOException {
        Path fresh = places.freshZip();
        try {
            CodeRef code = Sha256.copy(in, fresh, limitBytes);
            locked(code.sha256(), () -> keep(code, fresh));
            return code;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private void keep(CodeRef code, Path fresh) throws IOException {
        Path zip = places.zip(code.sha256());
        if (Files.isRegularFile(zip)) {
            Files.setLastModifiedTime(zip, FileTime.from(clock.now())); // its time of grace starts anew
            return;
        }
        Path tree = places.tree(code.sha256());
        Trees.delete(tree); // of a zip that was lost
        places.make(
                tree,
                root -> Unpacking.unpack(fresh, root, limits.codeUnpacked().bytes()));
        places.keepZip(fresh, zip);
    }

    private void unpackStored(Path zip, Path tree) throws IOException {
        try {
            places.make(
                    tree,
                    root -> Unpacking.unpack(zip, root, limits.codeUnpacked().bytes()));
        } catch (ApiException e) {
            throw new IOException(
                    "Cannot unpack the stored package " + zip + ": " + e.getMessage()
                            + " It was good when it was stored: check the disk, then deploy the function or layer again.",
                    e);
        }
    }

    @FunctionalInterface
    private interface DiskWork {
        void run() throws IOException;
    }

    /// Each package, and each merge, is made by one thread at a time.
    private void locked(String key, DiskWork work) throws IOException {
        ReentrantLock lock = locks[Math.floorMod(key.hashCode(), LOCKS)];
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }
}
