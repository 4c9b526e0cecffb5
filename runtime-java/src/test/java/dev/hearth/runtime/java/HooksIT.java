package dev.hearth.runtime.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.java.FunctionProcess.Client;
import dev.hearth.runtime.java.FunctionProcess.Setup;
import dev.hearth.runtime.java.RuntimeApiServer.Post;
import dev.hearth.runtime.java.RuntimeApiServer.Times;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Functions that use `org.crac`, and what functions tell of their times.
class HooksIT {
    private static final Map<String, String> BEFORE = Map.of("Hearth-Hook", "before-park");
    private static final Map<String, String> AFTER = Map.of("Hearth-Hook", "after-unpark");

    private static FunctionProcess start(Path jdk, String handler) throws IOException, InterruptedException {
        FunctionProcess function = new FunctionProcess(new Setup(Client.OURS, jdk, handler));
        function.awaitStartMillis();
        return function;
    }

    @ParameterizedTest
    @MethodSource("dev.hearth.runtime.java.BootstrapIT#jdks")
    void resourcesAreToldInTheOrdersOfAws(Path jdk) throws Exception {
        try (FunctionProcess function = start(jdk, "fixture.Crac$Notes")) {
            assertThat(function.api().asking()).containsEntry("Hearth-Hooks", "1");
            assertThat(function.invoke("", BEFORE)).isEqualTo(new Post("invocation/id-1/response", "", null));
            assertThat(function.invoke("", AFTER)).isEqualTo(new Post("invocation/id-2/response", "", null));
            assertThat(function.invoke("1").body())
                    .isEqualTo("[\"before 3\",\"before 2\",\"before 1\",\"after 1\",\"after 2\",\"after 3\",\"123\"]");
        }
    }

    @Test
    void resourcesThatTheHandlerRegistersAreKnownThen() throws Exception {
        try (FunctionProcess function = start(Jdks.current(), "fixture.Crac$Lately")) {
            assertThat(function.api().asking()).doesNotContainKey("Hearth-Hooks");
            assertThat(function.invoke("1").body()).isEqualTo("[]");
            assertThat(function.invoke("", AFTER).path()).isEqualTo("invocation/id-2/response");
            assertThat(function.invoke("1").body()).isEqualTo("[\"after late\"]");
        }
    }

    @Test
    void allResourcesAreToldWhenOneFails() throws Exception {
        try (FunctionProcess function = start(Jdks.current(), "fixture.Crac$Fails")) {
            assertThat(function.invoke("", BEFORE).errorType()).isEqualTo("Runtime.BeforeCheckpointError");
            assertThat(function.log())
                    .contains("com.amazonaws.services.lambda.crac.CheckpointException")
                    .contains("Suppressed: java.lang.IllegalStateException: cannot close the pool")
                    .contains("Caused by: java.io.IOException: in use")
                    .doesNotContain("dev.hearth");
            Post restored = function.invoke("", AFTER);
            assertThat(restored.errorType()).isEqualTo("Runtime.AfterRestoreError");
            assertThat(restored.body())
                    .contains("\"errorType\":\"com.amazonaws.services.lambda.crac.RestoreException\"");
            assertThat(function.invoke("1").body()).isEqualTo("[\"before other\",\"after other\",\"other\"]");
        }
    }

    /// The official client runs hooks at the end of its initialisation where AWS says that a snapshot is taken.
    @ParameterizedTest
    @ValueSource(strings = {"fixture.Crac$Fails", "fixture.Crac$FailsInCrac"})
    void errorIsThatOfTheOfficialClient(String handler) throws Exception {
        Setup setup = new Setup(Client.OFFICIAL, Jdks.current(), handler)
                .with(Map.of(
                        "AWS_LAMBDA_INITIALIZATION_TYPE",
                        "snap-start",
                        "JAVA_TOOL_OPTIONS",
                        "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac"));
        try (FunctionProcess official = new FunctionProcess(setup);
                FunctionProcess ours = start(Jdks.current(), handler)) {
            Post expected = Objects.requireNonNull(official.awaitPost(), official.log());
            Post post = ours.invoke("", BEFORE);
            assertThat(post.errorType()).isEqualTo(expected.errorType());
            assertThat(withoutFrames(post.body())).isEqualTo(withoutFrames(expected.body()));
        }
    }

    private static String withoutFrames(String document) {
        return document.replaceFirst("\"stackTrace\":\\[.*\\]", "");
    }

    @Test
    void resourceThatHangsAnswersNothing() throws Exception {
        try (FunctionProcess function = start(Jdks.current(), "fixture.Crac$Hangs")) {
            function.api().enqueue(new RuntimeApiServer.Event("id", new byte[0], BEFORE));
            assertThat(function.api().awaitPost(200)).isNull();
            assertThat(function.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hearth.runtime.java.BootstrapIT#jdks")
    void tellsWhenItRan(Path jdk) throws Exception {
        long before = System.nanoTime();
        try (FunctionProcess function = start(jdk, "fixture.Crac$Clock")) {
            Map<String, String> told = function.api().asking();
            assertThat(told).doesNotContainKey("Hearth-Hooks");
            long ready = Long.parseLong(told.getOrDefault("Hearth-Runtime-Ready", ""));
            long loaded = Long.parseLong(told.getOrDefault("Hearth-Code-Loaded", ""));
            assertThat(ready).isBetween(before, loaded);
            assertThat(loaded).isBetween(before, System.nanoTime());
            assertRanAt(Long.parseLong(function.invoke("1").body()), function);
            Matcher message = Pattern.compile("\"errorMessage\":\"(\\d+)\"")
                    .matcher(function.invoke("\"fail\"").body());
            assertThat(message.find()).isTrue();
            assertRanAt(Long.parseLong(message.group(1)), function);
        }
    }

    private static void assertRanAt(long within, FunctionProcess function) {
        Times times = function.api().times();
        assertThat(within).isBetween(times.start(), times.end());
    }

    @Test
    void eventThatCannotBeReadHasNoTimes() throws Exception {
        try (FunctionProcess function = start(Jdks.current(), "fixture.Crac$Clock")) {
            assertThat(function.invoke("{").path()).endsWith("/error");
            assertThat(function.api().times()).isEqualTo(new Times(0, 0));
        }
    }
}
