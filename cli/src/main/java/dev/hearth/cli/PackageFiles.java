package dev.hearth.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// The files of a package in memory, as far as they tell what belongs to what: sources, descriptions, jars.
final class PackageFiles {
    private static final long LARGEST = 20_000_000;
    private static final byte[] NOT_KEPT = {};

    private final Map<String, byte[]> files = new HashMap<>();

    private PackageFiles() {}

    static PackageFiles of(byte[] zip) {
        var files = new PackageFiles();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.files.put(entry.getName(), isTelling(entry.getName()) ? read(in) : NOT_KEPT);
                }
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.SERVER_FAULT, "The function's package cannot be read: " + e.getMessage() + ".", e);
        }
        return files;
    }

    private static boolean isTelling(String path) {
        return path.matches(".*(\\.py|\\.[cm]?js|\\.jar|/RECORD|(^|/)package\\.json)");
    }

    private static byte[] read(ZipInputStream in) throws IOException {
        byte[] content = in.readNBytes((int) LARGEST + 1);
        return content.length > LARGEST ? NOT_KEPT : content;
    }

    Set<String> paths() {
        return files.keySet();
    }

    /// A file's content; empty where it tells nothing, or is too large to.
    byte[] read(String path) {
        return files.getOrDefault(path, NOT_KEPT);
    }

    /// The names of the entries of a jar.
    List<String> namesInJar(String path) {
        var names = new ArrayList<String>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(read(path)))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        } catch (IOException e) {
            // A broken jar holds no classes for the JVM either.
        }
        return names;
    }
}
