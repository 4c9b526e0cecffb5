package dev.hearth.runtime;

import dev.hearth.model.FunctionSettings;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The options of the Java virtual machine: AWS's own where the function does not say otherwise. What the function
/// says stands in its environment, which the virtual machine reads before its command line; so an option that the
/// function replaces must not be there.
final class JavaOptions {
    private static final int HEAP_PERCENT = 85;
    private static final long LEAST_HEAP_KIB = 8 * 1024;

    /// Where a virtual machine finds options besides its command line.
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private static final Pattern COMPILER = Pattern.compile("TieredStopAtLevel|TieredCompilation|-Xint|-Xcomp");
    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w*GC\\b");
    private static final Pattern HEAP = Pattern.compile("-Xmx|MaxHeapSize|MaxRAM");
    private static final Pattern FIRST_HEAP = Pattern.compile(HEAP + "|-Xm[sn]|InitialHeapSize|InitialRAM|NewSize");

    /// With these a virtual machine has archives of its own, changes classes while they are loaded, or reads options
    /// from a file; it would not start with an archive of ours, or would not fit it.
    private static final Pattern NO_ARCHIVE =
            Pattern.compile("-Xshare|-XX:AOT|SharedArchive|ArchiveClasses|ClassList|-javaagent|-agentlib|-agentpath"
                    + "|-Xrun|--patch-module|--upgrade-module-path|--limit-modules|-XX:Flags|-XX:VMOptionsFile"
                    + "|(^|\\s)(@|-cp|-classpath|--class-path)|java\\.class\\.path|java\\.system\\.class\\.loader");

    private JavaOptions() {}

    /// Short-lived functions gain from the simplest compiler and collector. The heap gets of the memory what AWS
    /// gives it; the rest is for the virtual machine itself. It starts as small as on AWS, where the machine is as
    /// large as the function's memory: a sandbox sees that of the host, and the first 100 MB would be filled before
    /// anything is collected.
    static List<String> of(FunctionSettings settings) {
        String own = own(settings.environment());
        long kib = settings.memory().bytes() / 1024;
        return Stream.of(
                        unless(own, COMPILER, "-XX:TieredStopAtLevel=1"),
                        unless(own, COLLECTOR, "-XX:+UseSerialGC"),
                        unless(own, FIRST_HEAP, "-XX:InitialHeapSize=" + Math.max(LEAST_HEAP_KIB, kib / 64) + "k"),
                        unless(own, HEAP, "-XX:MaxHeapSize=" + kib * HEAP_PERCENT / 100 + "k"),
                        Stream.of("-Djava.net.preferIPv4Stack=true"))
                .flatMap(options -> options)
                .toList();
    }

    private static Stream<String> unless(String own, Pattern replaced, String option) {
        return replaced.matcher(own).find() ? Stream.empty() : Stream.of(option);
    }

    /// Those of [#of] that an archive depends on: all but the sizes of the heap.
    static List<String> ofArchive(FunctionSettings settings) {
        return of(settings).stream()
                .filter(option -> !option.contains("HeapSize"))
                .toList();
    }

    /// Whether a virtual machine with the function's own options can use an archive of ours.
    static boolean takeArchive(Map<String, String> environment) {
        return !NO_ARCHIVE.matcher(own(environment)).find();
    }

    private static String own(Map<String, String> environment) {
        return String.join(
                " ",
                VARIABLES.stream()
                        .map(name -> environment.getOrDefault(name, ""))
                        .toList());
    }
}
