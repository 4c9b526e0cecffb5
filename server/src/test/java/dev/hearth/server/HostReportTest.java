package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.Availability;
import dev.hearth.runtime.RuntimeStatus;
import dev.hearth.sandbox.HostFinding;
import dev.hearth.sandbox.Protection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostReportTest {
    private static final RuntimeStatus PYTHON = new RuntimeStatus(
            "python3.11", new Availability.Installed("3.11.2", Path.of("/usr/bin/python3.11"), "Found."));
    private static final RuntimeStatus NODE =
            new RuntimeStatus("nodejs24.x", new Availability.Missing("Install Node.js 24."));

    private static HostReport with(Protection protection, boolean present) {
        return new HostReport(
                Map.of("CPUs", "2"), List.of(new HostFinding(protection, present, "seen")), List.of(PYTHON, NODE));
    }

    @Test
    void hostWithoutAProtectionForIsolationIsNotFit() {
        assertThat(with(Protection.MEMORY_LIMIT, true).isFit()).isTrue();
        assertThat(with(Protection.MEMORY_LIMIT, false).isFit()).isFalse();
        assertThat(with(Protection.BUBBLEWRAP, false).isFit()).isFalse();
    }

    @Test
    void hostWithoutSomethingUsefulIsFit() {
        assertThat(with(Protection.SWAP, false).isFit()).isTrue();
    }

    @Test
    void missingProtectionNamesConsequenceAndRemedy() {
        assertThat(with(Protection.MEMORY_LIMIT, false).lines(false))
                .anyMatch(line -> line.contains("MISSING") && line.contains("memory limit"))
                .anyMatch(line -> line.contains(Protection.MEMORY_LIMIT.consequence()))
                .anyMatch(line -> line.contains("to do: " + Protection.MEMORY_LIMIT.remedy()))
                .anyMatch(line -> line.contains("--allow-weak-isolation"));
    }

    @Test
    void missingRuntimesAreOneLineUnlessAskedFor() {
        HostReport report = with(Protection.SWAP, true);

        assertThat(report.lines(false))
                .anyMatch(line -> line.endsWith("nodejs24.x"))
                .noneMatch(line -> line.contains("Install"));
        assertThat(report.lines(true)).anyMatch(line -> line.contains("Install Node.js 24."));
    }

    @Test
    void jsonHoldsTheRemedyOfWhatIsMissing() {
        assertThat(with(Protection.SWAP, false).json().toString()).contains(Protection.SWAP.remedy());
    }
}
