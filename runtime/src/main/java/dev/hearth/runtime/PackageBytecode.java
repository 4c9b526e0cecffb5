package dev.hearth.runtime;

import dev.hearth.sandbox.Mount;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Bytecode of what Python functions and layers consist of. Functions see their code read-only, so that Python would
/// compile every module at every start: two thirds of a start that imports numpy or boto3.
///
/// ```
/// PYTHON-VERSION/PACKAGE/              mounted at /var/hearth/bytecode/task or /var/hearth/bytecode/opt
///                       /a/b.pyc       of a/b.py
/// PYTHON-VERSION/PACKAGE.source        the path of the package, to see whether it is still there
/// .new-…/                              being made; renamed when complete
/// ```
///
/// Packages are named by their SHA-256, and never change. One is compiled in the background when a function with it is
/// first planned, one at a time; starts until then go without. Safe for use by any thread.
final class PackageBytecode {
    /// Tells the bootstrap where it is, which hides it from the function.
    static final String VARIABLE = "HEARTH_BYTECODE";

    private static final Logger LOG = System.getLogger("dev.hearth.runtime");
    private static final String TARGET = "/var/hearth/bytecode";
    private static final String SOURCE = ".source";
    private static final String HALF_MADE = ".new-";
    private static final String BOOT = ".boot";
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Path directory;
    private final String script;
    private final Set<String> tried = ConcurrentHashMap.newKeySet();
    private final Semaphore turn = new Semaphore(1);

    private final Executor background;

    private PackageBytecode(Path directory, String script, Executor background) {
        this.directory = directory;
        this.script = script;
        this.background = background;
    }

    /// Removes what nobody needs any more: what was not finished, what is of a package that has gone, and all after a
    /// reboot, because files are not flushed one by one.
    ///
    /// @param directory  made where it is missing; for its owner only
    /// @param background compiles; interrupted when the server ends
    static PackageBytecode open(Path directory, Executor background) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        String boot = Files.readString(BOOT_ID);
        Path mark = directory.resolve(BOOT);
        if (!Files.exists(mark) || !Files.readString(mark).equals(boot)) {
            for (Path entry : list(directory)) {
                delete(entry);
            }
            Files.writeString(mark, boot);
        }
        for (Path version : list(directory)) {
            tidy(version);
        }
        try (InputStream in = PackageBytecode.class.getResourceAsStream("compile_package.py")) {
            if (in == null) {
                throw new IOException("the resource compile_package.py is not in hearth-runtime");
            }
            return new PackageBytecode(directory, new String(in.readAllBytes(), StandardCharsets.UTF_8), background);
        }
    }

    private static void tidy(Path version) throws IOException {
        if (String.valueOf(version.getFileName()).startsWith(HALF_MADE)) {
            delete(version);
            return;
        }
        for (Path file : list(version)) {
            if (file.toString().endsWith(SOURCE) && !Files.isDirectory(Path.of(Files.readString(file)))) {
                Files.delete(file);
                delete(Path.of(file.toString().replace(SOURCE, "")));
            }
        }
    }

    /// The directories of packages, and where bytecode of them may be mounted.
    static List<String> mountPoints(String task, String layers) {
        return List.of(task, layers, TARGET + "/task", TARGET + "/opt");
    }

    /// The plan with the bytecode that is there; what is not is then made.
    LaunchPlan addTo(LaunchPlan plan, LaunchRequest request, Installation python) {
        List<Mount> mounts = new ArrayList<>(plan.mounts());
        find(python, request.codeTree(), "/var/task")
                .ifPresent(found -> mounts.add(new Mount(found, TARGET + "/task")));
        request.layersTree()
                .flatMap(tree -> find(python, tree, "/opt"))
                .ifPresent(found -> mounts.add(new Mount(found, TARGET + "/opt")));
        if (mounts.size() == plan.mounts().size()) {
            return plan;
        }
        Map<String, String> environment = new LinkedHashMap<>(plan.environment());
        environment.put(VARIABLE, TARGET);
        return new LaunchPlan(plan.command(), environment, mounts);
    }

    private Optional<Path> find(Installation python, Path tree, String seenAs) {
        Path made = place(python, tree);
        if (Files.isDirectory(made)) {
            return Optional.of(made);
        }
        if (tried.add(made.toString())) {
            background.execute(() -> make(python, tree, seenAs));
        }
        return Optional.empty();
    }

    private Path place(Installation python, Path tree) {
        return directory.resolve(python.version()).resolve(tree.getFileName());
    }

    /// Compiles a package, now, unless it is; a failure is logged, because functions run without.
    ///
    /// @param seenAs where functions see the package
    /// @return where the bytecode is; empty where it could not be made
    Optional<Path> make(Installation python, Path tree, String seenAs) {
        try {
            turn.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return Optional.of(makeNow(python, tree, seenAs));
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "a package was not compiled; functions with it start slowly package=" + tree + " python="
                            + python.version(),
                    e);
            return Optional.empty();
        } finally {
            turn.release();
        }
    }

    private Path makeNow(Installation python, Path tree, String seenAs) throws IOException {
        Path target = place(python, tree);
        if (Files.isDirectory(target)) {
            return target;
        }
        Path fresh = Files.createDirectory(directory.resolve(HALF_MADE + UUID.randomUUID()));
        try {
            Optional<String> done = Programs.run(
                    LIMIT, python.program(), "-I", "-S", "-c", script, tree.toString(), fresh.toString(), seenAs);
            if (done.isEmpty()) {
                throw new IOException("the compiler did not succeed within " + LIMIT.toSeconds() + " s");
            }
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.createDirectories(target.resolveSibling(""));
            Files.writeString(target.resolveSibling(target.getFileName() + SOURCE), tree.toString());
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            return target;
        } finally {
            delete(fresh);
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
                stream.forEach(entries::add);
            }
        }
        return entries;
    }

    private static void delete(Path root) throws IOException {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            // it has got its name
        }
    }
}
