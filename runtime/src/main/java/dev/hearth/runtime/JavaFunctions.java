package dev.hearth.runtime;

import dev.hearth.model.FunctionSettings;
import dev.hearth.sandbox.Mount;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How Java functions are started: from an archive of their classes where there is one, else from their package as it
/// lies there. Safe for use by any thread.
final class JavaFunctions {
    /// The oldest Java that can write an archive when it ends.
    private static final int OLDEST_WITH_ARCHIVES = 13;

    /// The package's classes, see [ClassJar].
    private static final String JAR_FILE = "task.jar";

    /// What was loaded from that and from all other jars.
    static final String ARCHIVE_FILE = "classes.jsa";

    private static final Logger LOG = System.getLogger("dev.hearth.runtime");
    private static final String MAIN = "dev.hearth.runtime.java.Bootstrap";

    /// Where a function sees what belongs to its archive.
    private static final String CACHE = "/var/hearth";

    private static final String JAR = CACHE + "/" + JAR_FILE;
    private static final String ARCHIVE = CACHE + "/" + ARCHIVE_FILE;

    /// Where a training writes: the only place it can, and one that has a size.
    private static final String NEW_ARCHIVE = "/tmp/hearth-classes.jsa";

    private final Path bootstrap;
    private final Optional<StartCaches> caches;
    private final JavaCacheKey key;

    /// @param bootstrap the host's directory that is [Bootstraps#TARGET] in the sandbox
    JavaFunctions(Path bootstrap, Optional<StartCaches> caches) {
        this.bootstrap = bootstrap;
        this.caches = caches;
        this.key = new JavaCacheKey(bootstrap.resolve("lib"));
    }

    ManagedStart start(LaunchRequest request, Installation java) throws IOException {
        Optional<Path> archive = archive(request, java);
        if (archive.isEmpty()) {
            return new ManagedStart(plainCommand(request, java), List.of());
        }
        List<String> options = ClassArchive.of(java.major()).reading(ARCHIVE);
        return new ManagedStart(
                command(request, java, options, JAR, List.of(MAIN)), List.of(new Mount(archive.get(), CACHE)));
    }

    private Optional<Path> archive(LaunchRequest request, Installation java) {
        try {
            Optional<String> name = name(request, java);
            return name.isEmpty() ? Optional.empty() : caches.flatMap(all -> all.find(name.get()));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a Java function starts slowly: its archive cannot be named", e);
            return Optional.empty();
        }
    }

    /// Begins a training: packs the package's classes.
    ///
    /// @return empty where an archive is there already, or none would be used
    Optional<Training> training(LaunchRequest request, Installation java, ManagedStart.Planner planner)
            throws IOException {
        Optional<String> name = name(request, java);
        if (name.isEmpty() || caches.isEmpty() || caches.get().has(name.get())) {
            return Optional.empty();
        }
        Path fresh = caches.get().begin();
        try {
            ClassJar.write(request.codeTree(), fresh.resolve(JAR_FILE));
            LaunchPlan plan = withRoomForTheArchive(
                    planner.plan(new ManagedStart(trainingCommand(request, java), List.of(new Mount(fresh, CACHE)))));
            var place = new Training.Place(caches.get(), name.get(), fresh, ARCHIVE_FILE);
            return Optional.of(new Training(place, plan, PrimingEvent.of(request.codeTree()), _ -> {}, true));
        } catch (IOException | RuntimeException e) {
            caches.get().abandon(fresh);
            throw e;
        }
    }

    /// The name of the function's archive; empty where it cannot have one.
    private Optional<String> name(LaunchRequest request, Installation java) throws IOException {
        FunctionSettings settings = request.version().settings();
        boolean possible = caches.isPresent()
                && java.major() >= OLDEST_WITH_ARCHIVES
                && !ManagedCommand.isWrapped(settings)
                && JavaOptions.takeArchive(settings.environment());
        return possible
                ? Optional.of(key.of(request.version(), java, JavaOptions.ofArchive(settings)))
                : Optional.empty();
    }

    private List<String> plainCommand(LaunchRequest request, Installation java) throws IOException {
        List<String> arguments = arguments(request, List.of(), JavaClassPath.of(bootstrap, request), List.of(MAIN));
        return ManagedCommand.wrapped(java.programInSandbox(), request.version().settings(), arguments);
    }

    private List<String> command(
            LaunchRequest request, Installation java, List<String> options, String classes, List<String> main)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(java.programInSandbox()));
        command.addAll(arguments(request, options, JavaClassPath.of(bootstrap, request, classes), main));
        return command;
    }

    private static List<String> arguments(
            LaunchRequest request, List<String> options, String classPath, List<String> main) {
        List<String> arguments =
                new ArrayList<>(JavaOptions.of(request.version().settings()));
        arguments.addAll(options);
        arguments.add("-cp");
        arguments.add(classPath);
        arguments.addAll(main);
        return arguments;
    }

    /// `train.sh ARCHIVE WORDS TRAINING… CHECK…`
    private List<String> trainingCommand(LaunchRequest request, Installation java) throws IOException {
        ClassArchive archive = ClassArchive.of(java.major());
        List<String> training = command(request, java, archive.writing(NEW_ARCHIVE), JAR, List.of(MAIN));
        List<String> check = command(request, java, archive.checking(NEW_ARCHIVE), JAR, List.of("-version"));
        List<String> command = new ArrayList<>(
                List.of("/bin/sh", Bootstraps.TARGET + "/train.sh", NEW_ARCHIVE, Integer.toString(training.size())));
        command.addAll(training);
        command.addAll(check);
        return command;
    }

    /// The virtual machine that makes the archive needs a heap that a small function does not have.
    private static LaunchPlan withRoomForTheArchive(LaunchPlan plan) {
        Map<String, String> environment = new LinkedHashMap<>(plan.environment());
        environment.put("JDK_AOT_VM_OPTIONS", "-XX:MaxHeapSize=512m");
        return new LaunchPlan(plan.command(), environment, plan.mounts());
    }
}
