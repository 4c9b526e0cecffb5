package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.model.FunctionVersion;
import dev.hearth.runtime.Availability;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives of Java functions' classes: made in a sandbox, used by later starts, and never by other code.
@Timeout(600)
class JavaCacheIT {
    private static final String HANDLER = "fixture.Greeter::greet";

    /// Has the virtual machine write where each class comes from.
    private static final Map<String, String> TELL = Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load");

    private static final String ARCHIVED = "fixture.Greeter source: shared objects file";

    @TempDir
    private static Path directory;

    private static FunctionRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = new FunctionRig(directory);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"java17", "java25"})
    void startAfterATrainingTakesTheFunctionsClassesFromTheArchive(String runtime) throws Exception {
        assumeTrue(rig.runtimes().availability(runtime) instanceof Availability.Installed);
        FunctionVersion version = rig.version(runtime, HANDLER, TELL, JavaPackages.zip(greeter("hello")));
        FunctionRig.Run before = rig.run(version, "\"you\"");
        assertThat(rig.train(version)).isTrue();
        FunctionRig.Run after = rig.run(version, "\"you\"");
        assertThat(before.answer()).isEqualTo("\"hello you\"");
        assertThat(after.answer()).isEqualTo("\"hello you\"");
        assertThat(before.log()).noneMatch(line -> line.contains(ARCHIVED));
        assertThat(after.log()).anyMatch(line -> line.contains(ARCHIVED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"java17", "java25"})
    void changedJarOfTheSameNameSizeAndTimeDoesWhatIsInItNow(String runtime) throws Exception {
        assumeTrue(rig.runtimes().availability(runtime) instanceof Availability.Installed);
        FunctionVersion old = rig.version(runtime, HANDLER, TELL, packageWithJar("old!"));
        rig.train(old);
        assertThat(rig.run(old, "\"you\"").answer()).isEqualTo("\"old! you\"");
        FunctionVersion changed = rig.version(runtime, HANDLER, TELL, packageWithJar("new!"));
        assertThat(changed.code().size()).isEqualTo(old.code().size());

        FunctionRig.Run untrained = rig.run(changed, "\"you\"");
        rig.train(changed);
        FunctionRig.Run trained = rig.run(changed, "\"you\"");
        FunctionRig.Run backAgain = rig.run(old, "\"you\"");

        assertThat(untrained.answer()).isEqualTo("\"new! you\"");
        assertThat(trained.answer()).isEqualTo("\"new! you\"");
        assertThat(trained.log()).anyMatch(line -> line.contains(ARCHIVED));
        assertThat(backAgain.answer()).isEqualTo("\"old! you\"");
        assertThat(backAgain.log()).anyMatch(line -> line.contains(ARCHIVED));
    }

    @Test
    void resourcesAreFilesOfThePackageWithAnArchiveAsWithout() throws Exception {
        Map<String, byte[]> files = JavaPackages.compile(Map.of("fixture.Places", """
                package fixture;
                public class Places {
                    public String tell(String ignored) throws Exception {
                        ClassLoader loader = Places.class.getClassLoader();
                        return Places.class.getResource("/fixture/data.txt") + " "
                                + java.util.Collections.list(loader.getResources("fixture/")) + " "
                                + java.util.Collections.list(loader.getResources("META-INF/data.txt")) + " "
                                + new String(loader.getResourceAsStream("fixture/data.txt").readAllBytes());
                    }
                }
                """));
        files.put("fixture/data.txt", bytes("some data"));
        files.put("META-INF/data.txt", bytes("more data"));
        FunctionVersion version =
                rig.version("java25", "fixture.Places::tell", Map.of("WHICH", "places"), JavaPackages.zip(files));
        String before = rig.run(version, "\"\"").answer();
        rig.train(version);
        assertThat(before)
                .isEqualTo("\"file:/var/task/fixture/data.txt [file:/var/task/fixture/]"
                        + " [file:/var/task/META-INF/data.txt] some data\"");
        assertThat(rig.run(version, "\"\"").answer()).isEqualTo(before);
        assertThat(rig.caches()).anyMatch(name -> name.startsWith(version.code().sha256()));
    }

    @Test
    void primingEventIsHandledInTheTrainingAndWhatItLoadsIsArchived() throws Exception {
        Map<String, byte[]> files = JavaPackages.compile(Map.of("fixture.Greeter", """
                package fixture;
                public class Greeter {
                    public String greet(String name) {
                        return new Late().say(name);
                    }
                }
                """, "fixture.Late", """
                package fixture;
                public class Late {
                    String say(String name) {
                        return "late " + name;
                    }
                }
                """));
        String late = "fixture.Late source: shared objects file";
        FunctionVersion without = rig.version("java25", HANDLER, TELL, JavaPackages.zip(files));
        files.put("hearth-priming-event.json", bytes("\"nobody\""));
        FunctionVersion with = rig.version("java25", HANDLER, TELL, JavaPackages.zip(files));
        rig.train(without);
        rig.train(with);
        assertThat(rig.run(without, "\"you\"").log()).noneMatch(line -> line.contains(late));
        FunctionRig.Run run = rig.run(with, "\"you\"");
        assertThat(run.answer()).isEqualTo("\"late you\"");
        assertThat(run.log()).anyMatch(line -> line.contains(late));
    }

    @Test
    void firstInvocationOfAnObjectLoadsNothingOfHearthsFromJars() throws Exception {
        Map<String, byte[]> files = JavaPackages.compile(Map.of("fixture.Orders", """
                package fixture;
                public class Orders {
                    public static class Order {
                        public String id;
                        public String place;
                    }
                    public Order first(Order order) {
                        return order;
                    }
                }
                """));
        FunctionVersion version = rig.version("java25", "fixture.Orders::first", TELL, JavaPackages.zip(files));
        String event = "{\"id\":\"a\",\"place\":\"b\"}";
        assertThat(rig.run(version, event).log()).anyMatch(line -> line.contains("source: file:/var/runtime/lib/"));
        rig.train(version);
        FunctionRig.Run run = rig.run(version, event);
        assertThat(run.answer()).isEqualTo(event);
        assertThat(run.log()).noneMatch(line -> line.contains("source: file:/var/runtime/lib/"));
    }

    @Test
    void twoDeploymentsOfTheSameCodeAtOnceTrainOnce() throws Exception {
        FunctionVersion version = rig.version("java25", HANDLER, Map.of("WHICH", "twice"), packageWithJar("both"));
        int before = rig.sandboxesMade.get();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> both =
                    List.of(threads.submit(() -> rig.train(version)), threads.submit(() -> rig.train(version)));
            for (Future<?> one : both) {
                one.get();
            }
        }
        assertThat(rig.sandboxesMade.get() - before).isOne();
        assertThat(rig.train(version)).isFalse();
        assertThat(rig.sandboxesMade.get() - before).isOne();
    }

    @Test
    void functionWhoseVirtualMachineCannotMakeAnArchiveStartsWithout() throws Exception {
        Map<String, byte[]> files = JavaPackages.compile(Map.of("fixture.Greeter", """
                package fixture;
                public class Greeter {
                    public Greeter() {
                        Runtime.getRuntime().addShutdownHook(new Thread(this::die));
                    }
                    public String greet(String name) {
                        return "hasty " + name;
                    }
                    private void die() {
                        try {
                            String pid = "" + ProcessHandle.current().pid();
                            new ProcessBuilder("/bin/kill", "-9", pid).start().waitFor();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }
                """));
        FunctionVersion version = rig.version("java25", HANDLER, TELL, JavaPackages.zip(files));
        assertThat(rig.train(version)).isFalse();
        FunctionRig.Run run = rig.run(version, "\"you\"");
        assertThat(run.answer()).isEqualTo("\"hasty you\"");
        assertThat(run.log()).noneMatch(line -> line.contains(ARCHIVED));
        assertThat(rig.caches())
                .noneMatch(name -> name.startsWith(version.code().sha256()) || name.startsWith(".new"));
    }

    @Test
    void damagedArchiveThatCrashesTheVirtualMachineIsNotUsedAgain() throws Exception {
        FunctionVersion version =
                rig.version("java25", HANDLER, Map.of("WHICH", "damaged"), JavaPackages.zip(greeter("still")));
        rig.train(version);
        damage(rig.archive(version));
        assertThatThrownBy(() -> rig.run(version, "\"you\"")).hasMessageContaining("not initialised");
        assertThat(rig.run(version, "\"you\"").answer()).isEqualTo("\"still you\"");
        assertThat(rig.archive(version)).doesNotExist();
    }

    private static void damage(Path archive) throws Exception {
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-r--r--"));
        byte[] bytes = Files.readAllBytes(archive);
        Arrays.fill(bytes, bytes.length / 8, bytes.length / 4 * 3, (byte) -1);
        Files.write(archive, bytes);
    }

    @Test
    void functionThatIsNotInitialisedLeavesNothing() throws Exception {
        Map<String, byte[]> files = JavaPackages.compile(Map.of("fixture.Greeter", """
                package fixture;
                public class Greeter {
                    public Greeter() {
                        throw new IllegalStateException("no");
                    }
                    public String greet(String name) {
                        return name;
                    }
                }
                """));
        FunctionVersion version = rig.version("java25", HANDLER, Map.of(), JavaPackages.zip(files));
        rig.train(version);
        assertThat(rig.caches())
                .noneMatch(name -> name.startsWith(version.code().sha256()) || name.startsWith(".new"));
    }

    @Test
    void optionsOfTheFunctionReplaceHearthsAndSwitchTheArchiveOff() throws Exception {
        Map<String, byte[]> files = JavaPackages.compile(Map.of("fixture.Options", """
                package fixture;
                public class Options {
                    public String tell(String ignored) {
                        return java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().toString();
                    }
                }
                """));
        FunctionVersion version = rig.version(
                "java25",
                "fixture.Options::tell",
                Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseParallelGC -Xmx100m -XX:-TieredCompilation -Xshare:auto"),
                JavaPackages.zip(files));
        rig.train(version);
        assertThat(rig.run(version, "\"\"").answer())
                .contains("-XX:+UseParallelGC", "-Xmx100m", "-XX:-TieredCompilation")
                .doesNotContain("SerialGC", "TieredStopAtLevel", "HeapSize", "AOTCache");
        assertThat(rig.caches())
                .noneMatch(name -> name.startsWith(version.code().sha256()));
    }

    /// A package whose only class is in a jar.
    private static byte[] packageWithJar(String greeting) throws Exception {
        return JavaPackages.zip(Map.of("lib/greeter.jar", JavaPackages.zip(greeter(greeting))));
    }

    private static Map<String, byte[]> greeter(String greeting) {
        return new TreeMap<>(JavaPackages.compile(Map.of("fixture.Greeter", """
                package fixture;
                public class Greeter {
                    public String greet(String name) {
                        return "GREETING " + name;
                    }
                }
                """.replace("GREETING", greeting))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
