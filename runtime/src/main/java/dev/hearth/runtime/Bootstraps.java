package dev.hearth.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

/// The programs that run inside sandboxes between the Runtime API and a handler, as files.
public final class Bootstraps {
    /// Where they are in a sandbox.
    static final String TARGET = "/var/runtime";

    /// What all have.
    private static final List<String> SHARED = List.of("exec-wrapper.sh", "train.sh");

    private static final List<String> PYTHON =
            List.of("bootstrap.py", "hearth_bootstrap.py", "hearth_fork.py", "snapshot_restore_py.py");
    private static final List<String> NODE = List.of("index.js", "compiled.js", "train.js");
    private static final List<String> JAVA = List.of();

    private Bootstraps() {}

    /// Puts the bootstraps into a directory, which functions then see read-only. Files that are there and right are
    /// left alone, so that what was derived from them stays valid.
    ///
    /// @param directory is made where it is missing
    /// @param javaJars  the directory with the Java bootstrap's jar and those it needs; may be missing, then Java
    ///                  functions do not start
    public static void install(Path directory, Path javaJars) {
        try {
            installFamily(directory, RuntimeId.Family.PYTHON, PYTHON);
            installFamily(directory, RuntimeId.Family.NODE, NODE);
            Path java = installFamily(directory, RuntimeId.Family.JAVA, JAVA);
            copyJars(javaJars, readableDirectory(java.resolve("lib")));
        } catch (IOException e) {
            throw new UncheckedIOException("The bootstraps cannot be written to " + directory, e);
        }
    }

    static String directory(RuntimeId.Family family) {
        return switch (family) {
            case PYTHON -> "python";
            case NODE -> "nodejs";
            case JAVA -> "java";
            case PROVIDED, UNSUPPORTED -> throw new IllegalArgumentException(family + " functions bring their own");
        };
    }

    private static Path installFamily(Path directory, RuntimeId.Family family, List<String> files) throws IOException {
        Path target = readableDirectory(directory.resolve(directory(family)));
        for (String file : files) {
            write(target.resolve(file), resource(directory(family) + "/" + file));
        }
        for (String file : SHARED) {
            write(target.resolve(file), resource(file));
        }
        return target;
    }

    private static Path readableDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Bootstraps.class.getResourceAsStream("bootstrap/" + name)) {
            if (in == null) {
                throw new IOException("the resource bootstrap/" + name + " is not in hearth-runtime");
            }
            return in.readAllBytes();
        }
    }

    private static void copyJars(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(from, "*.jar")) {
            for (Path jar : jars) {
                write(to.resolve(jar.getFileName().toString()), Files.readAllBytes(jar));
            }
        }
    }

    /// Under another name first: a function that is just starting sees the old file or the new one, whole.
    private static void write(Path target, byte[] content) throws IOException {
        if (Files.exists(target) && Arrays.equals(Files.readAllBytes(target), content)) {
            return;
        }
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        Files.write(fresh, content);
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
