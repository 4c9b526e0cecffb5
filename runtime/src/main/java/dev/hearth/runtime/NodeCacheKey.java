package dev.hearth.runtime;

import dev.hearth.model.FunctionVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/// Names the compiled code of a Node.js function by everything that it may depend on. V8 compares versions and options
/// itself, and our bootstrap compares sources: the name keeps what one function has left from becoming another's.
///
/// Safe for use by any thread.
final class NodeCacheKey {
    /// Changes when the same parts would give other files.
    private static final String FORMAT = "1";

    private final List<Path> bootstrap;

    /// @param bootstrap the files that make the code and use it
    NodeCacheKey(List<Path> bootstrap) {
        this.bootstrap = List.copyOf(bootstrap);
    }

    /// Begins with the package's digest, which tells when nobody can need the code any more.
    String of(FunctionVersion version, Installation node) throws IOException {
        DigestParts parts = new DigestParts();
        parts.add(FORMAT);
        parts.addCode(version);
        parts.add("node");
        parts.add(node.version());
        BasicFileAttributes program = Files.readAttributes(node.program(), BasicFileAttributes.class);
        parts.add(node.program() + "/" + program.size() + "/" + program.lastModifiedTime());
        for (Path file : bootstrap) {
            parts.add(Files.readAllBytes(file));
        }
        parts.add(version.settings().handler());
        parts.addEnvironment(version.settings().environment());
        return version.code().sha256() + "-" + parts.digest();
    }
}
