package dev.hearth.runtime;

import dev.hearth.model.FunctionSettings;
import dev.hearth.sandbox.Mount;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// How Node.js functions are started: from what V8 has compiled of their modules before where there is some, see
/// `compiled.js`. Safe for use by any thread.
final class NodeFunctions {
    /// The directory of a cache that functions use. A function of which nothing is worth keeping has a cache without.
    static final String COMPILED = "compiled";

    /// The oldest Node.js that has all that `compiled.js` needs, in its later releases.
    private static final int OLDEST_WITH_CODE = 20;

    /// The first Node.js whose own modules do without being compiled whatever the sizes of the heap are.
    private static final int INDIFFERENT_TO_SIZES = 24;

    /// With these, what Node.js compiles is the function's own concern.
    private static final Set<String> OWN_CONCERN =
            Set.of("NODE_COMPILE_CACHE", "NODE_DISABLE_COMPILE_CACHE", "NODE_V8_COVERAGE");

    private static final Logger LOG = System.getLogger("dev.hearth.runtime");

    /// Where a function sees its compiled code; empty in a function that has none and comes from a stem.
    static final String MOUNT_POINT = "/var/hearth/compiled";

    /// Where a training writes: the only place it can, and one that has a size.
    private static final String NEW_CODE = "/tmp/hearth-compiled";

    private final Optional<StartCaches> caches;
    private final NodeCacheKey key;

    /// @param bootstrap the host's directory that is [Bootstraps#TARGET] in the sandbox
    NodeFunctions(Path bootstrap, Optional<StartCaches> caches) {
        this.caches = caches;
        this.key = new NodeCacheKey(Stream.of("index.js", "compiled.js", "train.js")
                .map(bootstrap::resolve)
                .toList());
    }

    ManagedStart start(LaunchRequest request, Installation node) {
        FunctionSettings settings = request.version().settings();
        List<String> command =
                ManagedCommand.wrapped(node.programInSandbox(), settings, arguments(settings, node, "index.js"));
        return new ManagedStart(
                command,
                cache(request, node).map(found -> new Mount(found.resolve(COMPILED), MOUNT_POINT)).stream()
                        .toList());
    }

    private Optional<Path> cache(LaunchRequest request, Installation node) {
        try {
            Optional<String> name = name(request, node);
            return name.isEmpty() ? Optional.empty() : caches.flatMap(all -> all.find(name.get()));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a Node.js function starts slowly: its compiled code cannot be named", e);
            return Optional.empty();
        }
    }

    /// Begins a training.
    ///
    /// @return empty where there is a cache already, or none would be used
    Optional<Training> training(LaunchRequest request, Installation node, ManagedStart.Planner planner)
            throws IOException {
        Optional<String> name = name(request, node);
        if (name.isEmpty() || caches.isEmpty() || caches.get().has(name.get())) {
            return Optional.empty();
        }
        LaunchPlan plan = planner.plan(new ManagedStart(trainingCommand(request, node), List.of()));
        Path fresh = caches.get().begin();
        var place = new Training.Place(caches.get(), name.get(), fresh, "written");
        return Optional.of(new Training(
                place,
                plan,
                PrimingEvent.of(request.codeTree()),
                written -> CompiledCode.unpack(written, fresh.resolve(COMPILED)),
                false));
    }

    /// The name of the function's cache; empty where it cannot have one.
    private Optional<String> name(LaunchRequest request, Installation node) throws IOException {
        FunctionSettings settings = request.version().settings();
        boolean possible = caches.isPresent()
                && node.major() >= OLDEST_WITH_CODE
                && !ManagedCommand.isWrapped(settings)
                && takesCode(settings.environment());
        return possible ? Optional.of(key.of(request.version(), node)) : Optional.empty();
    }

    static boolean takesCode(Map<String, String> environment) {
        return environment.keySet().stream().noneMatch(OWN_CONCERN::contains);
    }

    /// `train.sh FILE WORDS TRAINING…`
    private static List<String> trainingCommand(LaunchRequest request, Installation node) {
        List<String> training = new ArrayList<>(List.of(node.programInSandbox()));
        training.addAll(arguments(request.version().settings(), node, "train.js"));
        List<String> command = new ArrayList<>(
                List.of("/bin/sh", Bootstraps.TARGET + "/train.sh", NEW_CODE, Integer.toString(training.size())));
        command.addAll(training);
        return command;
    }

    /// AWS's options: a heap that fits the memory fails in JavaScript rather than by being killed. Where that alone
    /// makes V8 start with what it has compiled beforehand, the bootstrap does what AWS's `--expose-gc` does.
    static List<String> arguments(FunctionSettings settings, Installation node, String script) {
        long mib = settings.memory().toMibRoundedUp();
        List<String> arguments = new ArrayList<>();
        if (node.major() < INDIFFERENT_TO_SIZES) {
            arguments.add("--expose-gc");
        }
        arguments.add("--max-http-header-size=81920");
        arguments.add("--max-semi-space-size=" + mib * 5 / 100);
        arguments.add("--max-old-space-size=" + mib * 90 / 100);
        arguments.add(Bootstraps.TARGET + "/" + script);
        return arguments;
    }
}
