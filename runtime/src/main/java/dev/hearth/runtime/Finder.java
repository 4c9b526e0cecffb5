package dev.hearth.runtime;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// Finds the interpreters and virtual machines of this machine in the places where packages and version managers
/// put them. Programs are asked for their version in parallel, and only where nothing is remembered of them.
final class Finder {
    private static final String ASK_PYTHON =
            "import sys; print('%d.%d.%d %s' % (sys.version_info[:3] + (sys.base_prefix,)))";

    private final List<Path> configured;
    private final Versions versions;
    private final Path home;
    private final Map<String, String> environment;

    Finder(List<Path> configured, Versions versions, Path home, Map<String, String> environment) {
        this.configured = configured;
        this.versions = versions;
        this.home = home;
        this.environment = environment;
    }

    List<Installation> pythons() {
        String glob = "python3.[0-9]*";
        Candidates programs = new Candidates()
                .configured(configured, glob)
                .in(Path.of("/usr/bin"), glob)
                .in(Path.of("/usr/local/bin"), glob)
                .below(pyenv().resolve("versions"), "bin", glob)
                .below(home.resolve(".local/share/uv/python"), "bin", glob)
                .below(Path.of("/opt"), "bin", glob)
                .below(Path.of("/opt/python"), "bin", glob);
        List<Path> interpreters = programs.list().stream()
                .filter(file -> file.getFileName().toString().matches("python3\\.\\d+"))
                .toList();
        return ask(interpreters, this::python);
    }

    private Path pyenv() {
        String root = environment.get("PYENV_ROOT");
        return root == null ? home.resolve(".pyenv") : Path.of(root);
    }

    private Optional<Installation> python(Path program) {
        return versions.ask(program, "-I", "-S", "-c", ASK_PYTHON).flatMap(line -> {
            int space = line.indexOf(' ');
            Path prefix = Path.of(line.substring(space + 1));
            return program.startsWith(prefix)
                    ? Optional.of(new Installation(line.substring(0, space), prefix, program))
                    : Optional.empty(); // a virtual environment: what it stands on is found by itself
        });
    }

    List<Installation> nodes() {
        Candidates programs = new Candidates()
                .configured(configured, "node")
                .in(Path.of("/usr/bin"), "node")
                .in(Path.of("/usr/local/bin"), "node")
                .below(home.resolve(".nvm/versions/node"), "bin", "node")
                .below(Path.of("/usr/local/n/versions/node"), "bin", "node")
                .below(home.resolve("n/n/versions/node"), "bin", "node")
                .below(home.resolve(".local/share/fnm/node-versions"), "installation/bin", "node")
                .in(Path.of("/usr/lib/node_modules/node/bin"), "node")
                .in(Path.of("/usr/local/lib/node_modules/node/bin"), "node")
                .below(Path.of("/opt"), "bin", "node");
        for (Path path : configured) {
            programs.in(path.resolve("node_modules/node/bin"), "node");
        }
        return ask(programs.list(), this::node);
    }

    private Optional<Installation> node(Path program) {
        return versions.ask(program, "--version")
                .filter(line -> line.startsWith("v"))
                .map(line -> new Installation(line.substring(1), prefixOf(program), program));
    }

    /// Reads their `release` files: starting each would take a while.
    List<Installation> javas() {
        Candidates programs = new Candidates()
                .configured(configured, "java")
                .below(Path.of("/usr/lib/jvm"), "bin", "java")
                .below(Path.of("/opt"), "bin", "java")
                .below(home.resolve(".sdkman/candidates/java"), "bin", "java");
        String javaHome = environment.get("JAVA_HOME");
        if (javaHome != null) {
            programs.in(Path.of(javaHome, "bin"), "java");
        }
        return programs.list().stream()
                .map(Finder::java)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Installation> java(Path program) {
        Path home = prefixOf(program);
        if (home.endsWith("jre")) {
            home = home.resolveSibling("."); // Java 8
        }
        home = home.normalize();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            Properties release = new Properties();
            release.load(reader);
            String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
            // Java 8 calls itself 1.8.0_392
            String plain = version.startsWith("1.") ? version.substring(2) : version;
            return plain.isEmpty() ? Optional.empty() : Optional.of(new Installation(plain, home, program));
        } catch (IOException e) {
            return Optional.empty(); // without that file it is no JDK of the last ten years
        }
    }

    /// `/a` of `/a/bin/node`.
    private static Path prefixOf(Path program) {
        return program.resolve("../..").normalize();
    }

    private static List<Installation> ask(List<Path> programs, Function<Path, Optional<Installation>> question) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Optional<Installation>>> answers = programs.stream()
                    .map(program -> CompletableFuture.supplyAsync(() -> question.apply(program), threads))
                    .toList();
            return answers.stream()
                    .map(CompletableFuture::join)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }
}
