package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.sandbox.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class InstallationsTest {
    private static Installation at(String version) {
        return new Installation(version, Path.of("/opt/x"), Path.of("/opt/x/bin/x"));
    }

    private static Installations of(String... versions) {
        return new Installations(
                () -> List.of(versions).stream().map(InstallationsTest::at).toList());
    }

    @Test
    void newestReleaseOfTheVersionIsTaken() {
        assertThat(of("3.11.2", "3.11.10", "3.1.9", "3.12.0").exactly("3.11")).contains(at("3.11.10"));
        assertThat(of("3.11.2", "3.12.0").exactly("3.1")).isEmpty();
        assertThat(of("22.1.0", "2.3.4").exactly("22")).contains(at("22.1.0"));
    }

    @Test
    void javaFallsToTheNextNewer() {
        Installations javas = of("17.0.9", "25.0.3", "17.0.15", "11.0.1");
        assertThat(javas.atLeast(17)).contains(at("17.0.15"));
        assertThat(javas.atLeast(21)).contains(at("25.0.3"));
        assertThat(javas.atLeast(8)).contains(at("11.0.1"));
        assertThat(of("17.0.9").atLeast(21)).isEmpty();
    }

    @Test
    void whatWasFoundIsNotLookedForAgain() {
        AtomicInteger looks = new AtomicInteger();
        Installations found = new Installations(() -> {
            looks.incrementAndGet();
            return new ArrayList<>(List.of(at("3.11.2")));
        });
        assertThat(found.exactly("3.11")).isPresent();
        assertThat(found.exactly("3.11")).isPresent();
        assertThat(found.exactly("3.12")).as("looked a moment ago").isEmpty();
        assertThat(looks).hasValue(1);
    }

    @Test
    void installationsOutsideOfUsrAreMounted() {
        Installation own = new Installation("3.13.0", Path.of("/opt/py"), Path.of("/opt/py/bin/python3.13"));
        assertThat(own.programInSandbox()).isEqualTo("/var/lang/bin/python3.13");
        assertThat(own.mounts()).containsExactly(new Mount(Path.of("/opt/py"), "/var/lang"));
        Installation local = new Installation("3.13.0", Path.of("/usr/local"), Path.of("/usr/local/bin/python3.13"));
        assertThat(local.programInSandbox()).isEqualTo("/var/lang/bin/python3.13");
        Installation shared = new Installation("3.11.2", Path.of("/usr"), Path.of("/usr/bin/python3.11"));
        assertThat(shared.programInSandbox()).isEqualTo("/usr/bin/python3.11");
        assertThat(shared.mounts()).isEmpty();
    }
}
