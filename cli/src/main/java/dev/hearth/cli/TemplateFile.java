package dev.hearth.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the SAM template that a path means.
final class TemplateFile {
    private static final List<String> NAMES = List.of("template.yaml", "template.yml", "template.json");
    private static final Path BUILT = Path.of(".aws-sam", "build", "template.yaml");
    private static final String SERVERLESS = ".serverless";

    /// What `serverless package` writes.
    private static final Path PACKAGED = Path.of(SERVERLESS, "cloudformation-template-update-stack.json");

    private static final List<String> SERVERLESS_NAMES =
            List.of("serverless.yml", "serverless.yaml", "serverless.json", "serverless.js", "serverless.ts");
    private static final Pattern FILE = Pattern.compile(".*\\.(yaml|yml|json|template)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LAMBDA = Pattern.compile("[\"']?Type[\"']?\\s*:\\s*[\"']?AWS::(Serverless|Lambda)::");
    private static final int LOOKED_AT = 1_000_000;

    private TemplateFile() {}

    /// Whether a path names a file as templates are named.
    static boolean isNamedAsOne(Path path) {
        return FILE.matcher(path.toString()).matches() && !Files.isDirectory(path);
    }

    /// The template in a directory: the one that `sam build` wrote where there is one, as `sam deploy` does, or the one
    /// that `serverless package` wrote. A file that has no Lambda resources is none.
    static Optional<Path> in(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        Optional<Path> written = NAMES.stream()
                .map(directory::resolve)
                .filter(TemplateFile::isTemplate)
                .findFirst();
        if (written.isPresent()) {
            return Files.isRegularFile(directory.resolve(BUILT)) ? Optional.of(directory.resolve(BUILT)) : written;
        }
        return Optional.of(directory.resolve(PACKAGED)).filter(TemplateFile::isTemplate);
    }

    /// Whether a directory is a project of the Serverless Framework.
    static boolean isServerless(Path directory) {
        return SERVERLESS_NAMES.stream().anyMatch(name -> Files.isRegularFile(directory.resolve(name)));
    }

    private static boolean isTemplate(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (var in = Files.newInputStream(file)) {
            return LAMBDA.matcher(new String(in.readNBytes(LOOKED_AT), StandardCharsets.UTF_8))
                    .find();
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.REFUSED, "Cannot read '" + file + "': " + e.getMessage() + ".", e);
        }
    }

    /// The directory of the project that a template is of.
    static Path project(Path file) {
        Path directory = file.toAbsolutePath().normalize().getParent();
        if (directory == null) {
            return Path.of("/");
        }
        Path build = directory.getParent();
        if (directory.endsWith(SERVERLESS) && build != null) {
            return build;
        }
        boolean built = directory.endsWith(Path.of(".aws-sam", "build")) && build != null && build.getParent() != null;
        return built ? directory.resolve("../..").normalize() : directory;
    }

    /// A stack's name from a directory's: letters, digits and hyphens, a letter first.
    static String stackName(Path project) {
        String name = String.valueOf(project.getFileName())
                .replaceAll("[^A-Za-z0-9-]+", "-")
                .replaceAll("^[^A-Za-z]+|-+$", "");
        return name.isEmpty() ? "stack" : name.substring(0, Math.min(60, name.length()));
    }

    /// What to say when the template changed after the build.
    static Optional<String> staleness(Path file) {
        Path project = project(file);
        Path absolute = file.toAbsolutePath().normalize();
        if (absolute.startsWith(project.resolve(".aws-sam"))) {
            return staleness(NAMES, "sam build", file);
        }
        return absolute.equals(project.resolve(PACKAGED))
                ? staleness(SERVERLESS_NAMES, "serverless package", file)
                : Optional.empty();
    }

    private static Optional<String> staleness(List<String> sources, String command, Path file) {
        return sources.stream()
                .map(project(file)::resolve)
                .filter(source -> isNewer(source, file))
                .findFirst()
                .map(source ->
                        source.getFileName() + " is newer than the last `" + command + "`; deploying what was built");
    }

    private static boolean isNewer(Path source, Path built) {
        try {
            return Files.isRegularFile(source)
                    && Files.getLastModifiedTime(source).compareTo(Files.getLastModifiedTime(built)) > 0;
        } catch (IOException e) {
            return false; // only a hint depends on it
        }
    }
}
