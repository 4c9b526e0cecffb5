package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaOptionsTest {
    private static List<String> options(String own) {
        return JavaOptions.of(
                Versioned.of("java25", "a.Handler", environment(own)).settings());
    }

    private static Map<String, String> environment(String own) {
        return Map.of("JAVA_TOOL_OPTIONS", own);
    }

    @Test
    void functionWithoutOptionsGetsThoseOfAws() {
        assertThat(options(""))
                .containsExactly(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:InitialHeapSize=8192k",
                        "-XX:MaxHeapSize=445644k",
                        "-Djava.net.preferIPv4Stack=true");
    }

    @Test
    void functionsOwnCompilerCollectorAndHeapReplaceOurs() {
        assertThat(options("-XX:TieredStopAtLevel=4")).noneMatch(o -> o.contains("Tiered"));
        assertThat(options("-XX:+UseG1GC")).noneMatch(o -> o.contains("GC"));
        assertThat(options("-Xms20m")).noneMatch(o -> o.contains("InitialHeapSize"));
        assertThat(options("-Xmx4m")).noneMatch(o -> o.contains("HeapSize"));
        assertThat(options("-Dmine=1")).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xshare:off",
                "-XX:AOTMode=off",
                "-XX:SharedArchiveFile=/opt/a.jsa",
                "-javaagent:/opt/agent.jar",
                "-Xmx1g -agentlib:jdwp",
                "@/opt/options"
            })
    void optionsThatDoNotGoWithAnArchiveAreTold(String own) {
        assertThat(JavaOptions.takeArchive(environment(own))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-Xmx1g", "-Dmail=a@b.example", "-XX:+UseG1GC"})
    void otherOptionsGoWithOne(String own) {
        assertThat(JavaOptions.takeArchive(environment(own))).isTrue();
    }
}
