package dev.hearth.cli;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds classes that implement AWS's handler interfaces, from the class files, without loading them.
final class JavaHandlers {
    private static final String AWS = "com/amazonaws/services/lambda/runtime/";
    private static final Set<String> INTERFACES = Set.of(AWS + "RequestHandler", AWS + "RequestStreamHandler");
    /// AWS's own classes in a jar with all dependencies are no handlers of the user's.
    private static final List<String> LIBRARIES = List.of("com/amazonaws/", "software/amazon/");

    /// What is known of a class: its superclass, interfaces, and whether it can be made.
    private record Shape(Optional<String> superclass, List<String> interfaces, boolean concrete) {}

    private final Map<String, Shape> shapes = new HashMap<>();

    private JavaHandlers() {}

    static Stream<Candidate> in(CodeTree tree) {
        var handlers = new JavaHandlers();
        for (String path : tree.paths()) {
            if (path.endsWith(".class") && !path.startsWith("META-INF/")) {
                handlers.read(tree.read(path));
            }
        }
        return handlers.candidates();
    }

    private void read(byte[] classFile) {
        try {
            ClassModel model = ClassFile.of().parse(classFile);
            boolean concrete =
                    !model.flags().has(AccessFlag.ABSTRACT) && !model.flags().has(AccessFlag.INTERFACE);
            shapes.put(
                    model.thisClass().asInternalName(),
                    new Shape(
                            model.superclass().map(ClassEntry::asInternalName),
                            model.interfaces().stream()
                                    .map(ClassEntry::asInternalName)
                                    .toList(),
                            concrete));
        } catch (IllegalArgumentException e) {
            // Not a class file in spite of its name: it cannot be the handler, and it is not ours to judge.
        }
    }

    private Stream<Candidate> candidates() {
        return shapes.entrySet().stream()
                .filter(shape ->
                        shape.getValue().concrete() && LIBRARIES.stream().noneMatch(shape.getKey()::startsWith))
                .filter(shape -> isHandler(shape.getKey()))
                .map(shape -> new Candidate(
                        Family.JAVA,
                        shape.getKey().replace('/', '.') + "::handleRequest",
                        false,
                        shape.getKey() + ".class"));
    }

    private boolean isHandler(String name) {
        if (INTERFACES.contains(name)) {
            return true;
        }
        Shape shape = shapes.get(name);
        return shape != null
                && Stream.concat(shape.interfaces().stream(), shape.superclass().stream())
                        .anyMatch(this::isHandler);
    }
}
