import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Rewrites a jar's class files of Java 5 as class files of Java 8, with the stack maps these need; changes no instruction.
///
/// The JDK's AOT cache leaves classes older than Java 6 out, and picocli's are: with it rewritten, a command needs 40% less CPU
/// to start. Run by dist/build: `java ModernClasses.java IN.jar OUT.jar`.
public final class ModernClasses {
    private static final int JAVA_8 = 52;

    private ModernClasses() {}

    public static void main(String[] arguments) throws Exception {
        Path in = Path.of(arguments[0]);
        try (var loader = new URLClassLoader(new URL[] {in.toUri().toURL()});
                var from = new ZipFile(in.toFile());
                var to = new ZipOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
            ClassFile classFile = ClassFile.of(
                    ConstantPoolSharingOption.NEW_POOL,
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
            for (ZipEntry entry : from.stream().toList()) {
                byte[] content = from.getInputStream(entry).readAllBytes();
                var copy = new ZipEntry(entry.getName());
                copy.setTime(entry.getTime());
                to.putNextEntry(copy);
                to.write(entry.getName().endsWith(".class") ? modern(classFile, content) : content);
                to.closeEntry();
            }
        }
    }

    private static byte[] modern(ClassFile classFile, byte[] content) {
        ClassModel model = classFile.parse(content);
        if (model.majorVersion() >= JAVA_8) {
            return content;
        }
        ClassTransform rewriteCode = ClassTransform.transformingMethodBodies((code, element) -> code.with(element));
        ClassTransform raiseVersion = ClassTransform.endHandler(builder -> builder.withVersion(JAVA_8, 0));
        return classFile.transformClass(model, rewriteCode.andThen(raiseVersion));
    }
}
