package dev.hearth.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.FunctionAlias;
import dev.hearth.model.FunctionArn;
import dev.hearth.model.Scope;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandbysTest {
    private static FunctionAlias alias(String version, Map<String, Double> weights) {
        FunctionArn arn = new FunctionArn(new Scope("aws", "eu-central-1", "123456789012"), "resize");
        return new FunctionAlias(arn, "live", version, "", weights, "1");
    }

    @Test
    void latestAndWhatAliasesPointToStandBy() {
        assertThat(Standbys.versions(List.of())).containsExactly("$LATEST");
        assertThat(Standbys.versions(List.of(alias("3", Map.of())))).containsExactlyInAnyOrder("$LATEST", "3");
    }

    @Test
    void canaryOfOneInAHundredStandsByToo() {
        var alias = alias("3", Map.of("4", 0.01));
        assertThat(Standbys.versions(List.of(alias))).containsExactlyInAnyOrder("$LATEST", "3", "4");
        assertThat(Standbys.spread(alias, 10)).isEqualTo(Map.of("3", 10, "4", 1));
    }

    @Test
    void targetThatNobodyIsSentToNeedsNothing() {
        assertThat(Standbys.spread(alias("3", Map.of("4", 0.0)), 10)).isEqualTo(Map.of("3", 10));
        assertThat(Standbys.spread(alias("3", Map.of("4", 1.0)), 10)).isEqualTo(Map.of("4", 10));
    }

    @Test
    void instancesAreSpreadByWeightAndRoundedUp() {
        assertThat(Standbys.spread(alias("3", Map.of("4", 0.25)), 10)).isEqualTo(Map.of("3", 8, "4", 3));
        assertThat(Standbys.spread(alias("3", Map.of("4", 0.25)), 0)).isEqualTo(Map.of("3", 1, "4", 1));
    }
}
