package dev.hearth.runtime;

import dev.hearth.model.FunctionVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Names the archive of a function's classes by everything that it may depend on: change any of it, and the old archive
/// is never found again. Java itself compares the times and sizes of jars, and some releases not even these: Java
/// 25.0.0 to 25.0.3 run the old byte code of a changed jar (JDK-8377932).
///
/// Safe for use by any thread.
final class JavaCacheKey {
    /// Changes when the same parts would give another archive.
    private static final String FORMAT = "1";

    /// What `hearth explain` adds to see the classes that a start loads. It writes to standard output and changes no
    /// archive, and what it measures is to be a start with one.
    private static final String CLASS_LOAD_LOG = "-Xlog:class+load=info:stdout:uptimenanos,tid";

    private static final String OPTIONS_VARIABLE = "JAVA_TOOL_OPTIONS";

    private final Path bootstrapJars;

    /// The bootstrap's digest as it was found last; replaced as a whole.
    private volatile @Nullable Digested digested;

    private record Digested(String state, String digest) {}

    JavaCacheKey(Path bootstrapJars) {
        this.bootstrapJars = bootstrapJars;
    }

    /// Begins with the package's digest, which tells when nobody can need the archive any more.
    ///
    /// @param options the virtual machine's that change what an archive is
    String of(FunctionVersion version, Installation java, List<String> options) throws IOException {
        DigestParts parts = new DigestParts();
        parts.add(FORMAT);
        parts.addCode(version);
        parts.add("java");
        parts.add(java.program().toString());
        parts.add(Files.readAllBytes(java.prefix().resolve("release")));
        options.forEach(parts::add);
        parts.add(bootstrap());
        parts.add(version.settings().handler());
        parts.addEnvironment(withoutClassLoadLog(version.settings().environment()));
        return version.code().sha256() + "-" + parts.digest();
    }

    private static Map<String, String> withoutClassLoadLog(Map<String, String> environment) {
        String options = environment.getOrDefault(OPTIONS_VARIABLE, "");
        if (!options.endsWith(CLASS_LOAD_LOG)) {
            return environment;
        }
        Map<String, String> without = new TreeMap<>(environment);
        String others = options.substring(0, options.length() - CLASS_LOAD_LOG.length());
        if (others.isEmpty()) {
            without.remove(OPTIONS_VARIABLE);
        } else {
            without.put(OPTIONS_VARIABLE, others.stripTrailing());
        }
        return without;
    }

    /// Digest of the bootstrap's jars, read again when a file has changed.
    private String bootstrap() throws IOException {
        List<Path> jars = JavaClassPath.jars(bootstrapJars);
        StringBuilder state = new StringBuilder();
        for (Path jar : jars) {
            BasicFileAttributes attributes = Files.readAttributes(jar, BasicFileAttributes.class);
            state.append(jar.getFileName()).append('/').append(attributes.size());
            state.append('/').append(attributes.lastModifiedTime()).append('\n');
        }
        Digested known = digested;
        if (known == null || !known.state().contentEquals(state)) {
            DigestParts parts = new DigestParts();
            parts.add(state.toString()); // Java compares the times too
            for (Path jar : jars) {
                parts.add(Files.readAllBytes(jar));
            }
            known = new Digested(state.toString(), parts.digest());
            digested = known;
        }
        return known.digest();
    }
}
