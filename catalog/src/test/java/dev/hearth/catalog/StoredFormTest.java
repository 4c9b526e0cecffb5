package dev.hearth.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.FunctionSettings;
import dev.hearth.model.UpdateStatus;
import dev.hearth.model.VersionState;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredFormTest {
    @Test
    void everyRecordComesBackAsItWas() {
        var version = Samples.latest("f")
                .withState(new VersionState.Failed("InvalidRuntime", "python3.13 is not installed"))
                .withUpdateStatus(new UpdateStatus.InProgress("Creating", "updating"));
        assertThat(StoredForm.version(StoredForm.of(version))).isEqualTo(version);

        var pending =
                version.withState(VersionState.Pending.CREATING).withUpdateStatus(new UpdateStatus.Failed("a", "b"));
        assertThat(StoredForm.version(StoredForm.of(pending))).isEqualTo(pending);

        var alias = Samples.alias("f", "live", "3", Map.of("4", 0.125));
        assertThat(StoredForm.alias(StoredForm.of(alias))).isEqualTo(alias);

        var layer = Samples.layer("deps", 7);
        assertThat(StoredForm.layer(StoredForm.of(layer))).isEqualTo(layer);
    }

    @Test
    void emptyEnvironmentThatTheUserSentIsRemembered() {
        var settings = Samples.latest("f").settings();
        for (boolean shown : new boolean[] {true, false}) {
            var version = Samples.latest("f")
                    .withSettings(new FunctionSettings(
                            settings.runtime(),
                            settings.handler(),
                            settings.role(),
                            settings.description(),
                            settings.timeout(),
                            settings.memory(),
                            Map.of(),
                            settings.layers(),
                            settings.ephemeralStorage(),
                            settings.architecture(),
                            settings.tracingMode(),
                            settings.logging(),
                            settings.snapStartApplyOn(),
                            settings.deadLetterTargetArn(),
                            settings.kmsKeyArn(),
                            settings.vpc(),
                            shown));
            assertThat(StoredForm.version(StoredForm.of(version)).settings().environmentShown())
                    .isEqualTo(shown);
        }
    }

    @Test
    void environmentKeepsItsOrder() {
        var stored = StoredForm.version(StoredForm.of(Samples.latest("f")));
        assertThat(stored.settings().environment().keySet()).containsExactly("ZULU", "ALPHA");
    }

    /// Catalogs of earlier releases hold this text. Where this test fails, write a migration that brings stored
    /// bodies along, then change the file.
    @Test
    void storedTextOfTheFirstReleaseIsStillWrittenAndRead() throws Exception {
        String golden = resource("version-1.json");
        assertThat(StoredForm.of(Samples.latest("f"))).isEqualTo(golden);
        assertThat(StoredForm.version(golden)).isEqualTo(Samples.latest("f"));
    }

    @Test
    void optionalSettingThatAnEarlierReleaseDidNotKnowIsEmpty() throws Exception {
        String earlier = resource("version-1.json").replace("\"kmsKeyArn\":null,", "");
        assertThat(earlier).doesNotContain("kmsKeyArn");
        assertThat(StoredForm.version(earlier)).isEqualTo(Samples.latest("f"));
    }

    private static String resource(String name) throws Exception {
        try (var in = StoredFormTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
