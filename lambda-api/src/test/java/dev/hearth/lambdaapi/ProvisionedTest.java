package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.VersionState;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the engine is told, and what the catalog keeps for it.
class ProvisionedTest {
    private static final String FUNCTION = "/2015-03-31/functions/f";
    private static final String PROVISIONED = "/2019-09-30/functions/f/provisioned-concurrency?Qualifier=";

    private final TestApi api = TestApi.ready();

    @BeforeEach
    void twoVersionsAndAnAlias() {
        api.create("f", ", \"Publish\": true");
        api.send("PUT", FUNCTION + "/configuration", "{\"Timeout\": 9}");
        api.send("POST", FUNCTION + "/versions", "{}");
        api.send("POST", FUNCTION + "/aliases", "{\"Name\": \"live\", \"FunctionVersion\": \"1\"}");
    }

    private void put(String qualifier, int instances) {
        TestApi.Answer answer =
                api.send("PUT", PROVISIONED + qualifier, "{\"ProvisionedConcurrentExecutions\": " + instances + "}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    private Map<String, Integer> kept() {
        return api.catalog.read(tx -> tx.provisioned().stream()
                .collect(java.util.stream.Collectors.toMap(one -> one.version().version(), one -> one.instances())));
    }

    @Test
    void engineIsToldOfTheVersionThatAnAliasPointsTo() {
        put("live", 4);

        assertThat(api.engine.provisioned).containsOnly(Map.entry("f:1", 4));
        assertThat(kept()).containsOnly(Map.entry("1", 4));
    }

    @Test
    void aliasThatMovesTakesItsInstancesAlong() {
        put("live", 4);
        api.send("PUT", FUNCTION + "/aliases/live", "{\"FunctionVersion\": \"2\"}");

        assertThat(api.engine.provisioned).containsOnly(Map.entry("f:1", 0), Map.entry("f:2", 4));
    }

    @Test
    void aliasThatSplitsItsTrafficSplitsItsInstances() {
        put("live", 4);
        api.send(
                "PUT",
                FUNCTION + "/aliases/live",
                "{\"RoutingConfig\": {\"AdditionalVersionWeights\": {\"2\": 0.25}}}");

        assertThat(api.engine.provisioned).containsOnly(Map.entry("f:1", 3), Map.entry("f:2", 1));
        assertThat(api.get(PROVISIONED + "live").json().get("Status").asString())
                .isEqualTo("READY");
    }

    @Test
    void deletedAliasGivesItsInstancesBack() {
        put("live", 4);
        api.delete(FUNCTION + "/aliases/live");

        assertThat(api.engine.provisioned).containsOnly(Map.entry("f:1", 0));
        assertThat(kept()).isEmpty();
    }

    @Test
    void changeOfDescriptionTellsTheEngineNothing() {
        put("live", 4);
        api.engine.provisioned.clear();
        api.send("PUT", FUNCTION + "/aliases/live", "{\"Description\": \"new\"}");

        assertThat(api.engine.provisioned).isEmpty();
    }

    @Test
    void deletedFunctionTakesItsConfigurationsAlong() {
        put("2", 1);
        api.delete(FUNCTION);
        api.create("f", ", \"Publish\": true");

        assertThat(api.get("/2019-09-30/functions/f/provisioned-concurrency?List=ALL")
                        .json()
                        .get("ProvisionedConcurrencyConfigs"))
                .isEmpty();
    }

    @Test
    void configurationOfAFailedVersionHasFailedForItsReason() {
        put("1", 1);
        api.catalog.change(tx -> tx.put(tx.version("f", "1")
                .orElseThrow()
                .withState(new VersionState.Failed("InvalidRuntime", "Install python3.12."))));

        var shown = api.get(PROVISIONED + "1").json();

        assertThat(shown.get("Status").asString()).isEqualTo("FAILED");
        assertThat(shown.get("StatusReason").asString()).isEqualTo("Install python3.12.");
    }

    @Test
    void whatIsNotInitialisedYetIsInProgress() {
        put("1", 3);
        api.engine.provisioned.put("f:1", 2);

        var shown = api.get(PROVISIONED + "1").json();

        assertThat(shown.get("Status").asString()).isEqualTo("IN_PROGRESS");
        assertThat(shown.get("AvailableProvisionedConcurrentExecutions").asInt())
                .isEqualTo(2);
    }

    @Test
    void versionWhoseSnapshotIsBeingMadeIsNotReady() {
        TestApi pending = TestApi.pending();
        pending.create("s", ", \"SnapStart\": {\"ApplyOn\": \"PublishedVersions\"}");
        pending.engine.settle();
        pending.send("POST", "/2015-03-31/functions/s/versions", "{}");

        TestApi.Answer answer = pending.send("POST", "/2015-03-31/functions/s/invocations?Qualifier=1", "{}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("SnapStartNotReadyException");
    }
}
