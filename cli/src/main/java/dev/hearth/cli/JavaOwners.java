package dev.hearth.cli;

import dev.hearth.cli.LoadTrace.Load;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Java classes by jar: that of the handler is the function's own, the others are dependencies. Where classes of
/// several origins lie in one directory or jar, those that share the handler's package are its own.
final class JavaOwners implements Owners {
    private static final Pattern JAR = Pattern.compile("(?:.*/)?([^/]+)\\.jar");
    /// What the runtime brings, by the beginnings of names: from an archive of classes, no jar is told.
    private static final Map<String, Owner> BROUGHT = brought();

    private static final Pattern OF_JDK =
            Pattern.compile("(?:java|javax|jdk|sun|com\\.sun|org\\.(?:ietf|w3c|xml|jcp))\\..*|\\[.*");
    private static final Pattern FUNCTION_JAR = Pattern.compile("file:/(?:var/task|opt)/(?:.*/)?([^/]+)\\.jar");
    private static final String JDK = "JDK";
    private static final int SEGMENTS_OF_OWN = 2;
    private static final int SEGMENTS_OF_OTHERS = 3;

    private final String handlerClass;
    /// The jar of each class that is in one; without its ending.
    private final Map<String, String> jars = new HashMap<>();

    private final String handlerJar;

    JavaOwners(PackageFiles function, String handler) {
        this.handlerClass = handler.split("::", 2)[0];
        for (String path : function.paths()) {
            Matcher jar = JAR.matcher(path);
            if (jar.matches()) {
                function.namesInJar(path).forEach(name -> className(name).ifPresent(c -> jars.put(c, jar.group(1))));
            } else {
                className(path).ifPresent(c -> jars.put(c, ""));
            }
        }
        this.handlerJar = jars.getOrDefault(handlerClass, "");
    }

    @Override
    public Owner ownerOf(Load load) {
        // A class made at run time for a lambda names the class that it was made for.
        String ofHost = hostOf(load.name());
        String jar = jars.get(ofHost);
        if (jar == null) {
            jar = jars.get(hostOf(load.source()));
            ofHost = jar == null ? ofHost : hostOf(load.source());
        }
        if (jar != null) {
            return inFunction(ofHost, jar);
        }
        return notInFunction(load);
    }

    private Owner notInFunction(Load load) {
        String host = hostOf(load.name());
        Optional<Owner> brought = BROUGHT.entrySet().stream()
                .filter(entry -> host.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (brought.isPresent()) {
            return brought.get();
        }
        Matcher layer = FUNCTION_JAR.matcher(load.source());
        if (layer.matches()) {
            return layer.group(1).equals(handlerJar) ? Owner.OWN : Owner.ofPackage(layer.group(1));
        }
        boolean jdk = OF_JDK.matcher(host).matches() || load.source().startsWith("jrt:");
        return jdk || packageOf(host, SEGMENTS_OF_OTHERS).isEmpty()
                ? Owner.ofRuntime(JDK)
                : Owner.ofPackage(packageOf(host, SEGMENTS_OF_OTHERS));
    }

    private static Map<String, Owner> brought() {
        var brought = new LinkedHashMap<String, Owner>();
        brought.put("dev.hearth.runtime.java.", Owner.ofRuntime("Hearth's bootstrap"));
        brought.put("com.amazonaws.lambda.thirdparty.", Owner.ofRuntime("aws-lambda-java-serialization"));
        brought.put(
                "com.amazonaws.services.lambda.runtime.serialization.",
                Owner.ofRuntime("aws-lambda-java-serialization"));
        brought.put("com.amazonaws.services.lambda.", Owner.ofRuntime("aws-lambda-java-core"));
        return brought;
    }

    private Owner inFunction(String name, String jar) {
        boolean sameJar = jar.equals(handlerJar);
        if (sameJar && packageOf(name, SEGMENTS_OF_OWN).equals(packageOf(handlerClass, SEGMENTS_OF_OWN))) {
            return Owner.OWN;
        }
        return Owner.ofPackage(sameJar || jar.isEmpty() ? packageOf(name, SEGMENTS_OF_OTHERS) : jar);
    }

    /// Of a class without a package, the class: it is the function's own only together with the handler.
    private static String packageOf(String name, int segments) {
        int last = Math.max(0, name.lastIndexOf('.'));
        String[] names = name.substring(0, last).split("\\.");
        return String.join(".", java.util.Arrays.copyOf(names, Math.min(segments, names.length)));
    }

    private static String hostOf(String name) {
        int lambda = name.indexOf("$$Lambda");
        int hidden = name.indexOf('/');
        String host = lambda > 0 ? name.substring(0, lambda) : name;
        return hidden > 0 && lambda < 0 && !name.startsWith("file:") ? name.substring(0, hidden) : host;
    }

    private static Optional<String> className(String path) {
        return path.endsWith(".class")
                ? Optional.of(
                        path.substring(0, path.length() - ".class".length()).replace('/', '.'))
                : Optional.empty();
    }

    /// The JDK and the bootstrap are in every function; the library that maps types is not, whatever brings it.
    @Override
    public boolean isRemovable(Owner owner) {
        return owner.kind() != Owner.Kind.RUNTIME || owner.name().startsWith("aws-lambda-java-serialization");
    }

    @Override
    public String place(String importer, String imported) {
        return importer;
    }
}
