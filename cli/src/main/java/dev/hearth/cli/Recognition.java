package dev.hearth.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What was recognised in a package.
///
/// @param candidates every handler that was found, the usual ones first, then by file
/// @param hint       why nothing could be recognised and what to do, where that is known
record Recognition(List<Candidate> candidates, Optional<String> hint) {
    private static final int ELF_MAGIC = 0x7f454c46;

    static Recognition of(CodeTree tree) {
        if (tree.paths().contains("bootstrap")) {
            return bootstrap(tree);
        }
        List<Candidate> found = Stream.concat(JavaHandlers.in(tree), ScriptHandlers.in(tree))
                .sorted(Comparator.comparing(Candidate::usual)
                        .reversed()
                        .thenComparing(Candidate::family)
                        .thenComparing(Candidate::foundIn))
                .toList();
        return new Recognition(found, found.isEmpty() ? hint(tree) : Optional.empty());
    }

    private static Recognition bootstrap(CodeTree tree) {
        if (!tree.isExecutable("bootstrap")) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "The file 'bootstrap' is not executable. Make it so: chmod +x bootstrap.");
        }
        return new Recognition(
                List.of(new Candidate(Family.PROVIDED, "bootstrap", true, "bootstrap")), Optional.empty());
    }

    private static Optional<String> hint(CodeTree tree) {
        List<String> root = tree.rootPaths();
        Optional<String> program = root.stream()
                .filter(path -> tree.isExecutable(path) && path.indexOf('.') < 0 && isElf(tree.read(path)))
                .findFirst();
        if (program.isPresent()) {
            return Optional.of("The program '" + program.get() + "' must be named 'bootstrap' to be run.");
        }
        if (root.contains("pom.xml") || root.contains("build.gradle") || root.contains("build.gradle.kts")) {
            return Optional.of(
                    "This is Java source: build it and deploy the jar, for example: hearth deploy target/NAME.jar.");
        }
        if (root.contains("Cargo.toml") || root.contains("go.mod")) {
            return Optional.of(
                    "This is source: build a Linux program named 'bootstrap' and deploy the directory it is in.");
        }
        return Optional.empty();
    }

    private static boolean isElf(byte[] content) {
        return content.length > 4 && java.nio.ByteBuffer.wrap(content).getInt() == ELF_MAGIC;
    }

    /// The candidates of one family; of all families where none is named.
    List<Candidate> of(Optional<Family> family) {
        return candidates.stream()
                .filter(candidate -> family.isEmpty() || candidate.family() == family.get())
                .toList();
    }

    /// The one handler to take without asking: the only one, or the only usual one; empty where that is open.
    Optional<Candidate> obvious(Optional<Family> family) {
        List<Candidate> possible = of(family);
        List<Candidate> usual = possible.stream().filter(Candidate::usual).toList();
        if (usual.size() == 1) {
            return Optional.of(usual.getFirst());
        }
        return possible.size() == 1 ? Optional.of(possible.getFirst()) : Optional.empty();
    }

    /// Says why there is no obvious handler, and what to do.
    CommandFailure unclear(String path, Optional<Family> family) {
        List<Candidate> possible = of(family);
        if (possible.isEmpty()) {
            String what = family.map(f -> "no " + f.prefix() + " handler").orElse("no handler");
            return new CommandFailure(
                    ExitCode.REFUSED,
                    "Found " + what + " in '" + path + "'. "
                            + hint.orElse(
                                    "Name both: --runtime and --handler, for example --runtime python --handler app.handler."));
        }
        String list = possible.stream()
                .map(candidate -> "  --runtime " + candidate.family().prefix() + " --handler " + candidate.handler())
                .collect(Collectors.joining("\n"));
        return new CommandFailure(ExitCode.REFUSED, "Found several handlers in '" + path + "'. Choose one:\n" + list);
    }
}
