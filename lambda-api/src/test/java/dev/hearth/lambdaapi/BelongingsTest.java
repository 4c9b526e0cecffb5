package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.catalog.RecordKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What belongs to functions, versions, aliases and layers goes with them.
class BelongingsTest {
    private final TestApi api = TestApi.ready();

    private TestApi.Answer permit(String where, String id, String principal) {
        return api.send(
                "POST",
                "/2015-03-31/functions/" + where,
                "{\"StatementId\": \"%s\", \"Action\": \"lambda:InvokeFunction\", \"Principal\": \"%s\"}"
                        .formatted(id, principal));
    }

    @Test
    void newFunctionOfAnOldNameHasNothingOfTheOldOne() {
        api.create("f");
        permit("f/policy", "a", "*");
        api.send("POST", "/2021-10-31/functions/f/url", "{\"AuthType\": \"NONE\"}");
        api.send("PUT", "/2019-09-25/functions/f/event-invoke-config", "{\"MaximumRetryAttempts\": 0}");
        api.send("PUT", "/2024-08-31/functions/f/recursion-config", "{\"RecursiveLoop\": \"Allow\"}");
        api.delete("/2015-03-31/functions/f");
        api.create("f");

        for (String path : Map.of("policy", "2015-03-31", "url", "2021-10-31", "event-invoke-config", "2019-09-25")
                .entrySet()
                .stream()
                .map(entry -> "/" + entry.getValue() + "/functions/f/" + entry.getKey())
                .toList()) {
            assertThat(api.get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(api.get("/2024-08-31/functions/f/recursion-config").text()).contains("Terminate");
    }

    @Test
    void urlOfADeletedAliasIsGone() {
        api.create("f", ", \"Publish\": true");
        api.send("POST", "/2015-03-31/functions/f/aliases", "{\"Name\": \"live\", \"FunctionVersion\": \"1\"}");
        api.send("POST", "/2021-10-31/functions/f/url?Qualifier=live", "{\"AuthType\": \"NONE\"}");
        api.delete("/2015-03-31/functions/f/aliases/live");

        assertThat(api.get("/2021-10-31/functions/f/urls").json().get("FunctionUrlConfigs"))
                .isEmpty();
    }

    @Test
    void policyThatWouldGrowTooLongIsRefusedAndStaysAsItIs() {
        api.create("f");
        String role = "arn:aws:iam::222222222222:role/" + "r".repeat(2_000);
        int added = 0;
        TestApi.Answer answer = permit("f/policy", "s0", role);
        while (answer.status() == 201 && added < 20) {
            answer = permit("f/policy", "s" + ++added, role);
        }

        assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("PolicyLengthExceededException");
        assertThat(answer.text()).contains("is bigger than the limit (20480)");
        assertThat(api.get("/2015-03-31/functions/f/policy").text().length()).isLessThan(25_000);
    }

    @Test
    void policyOfALayerVersionGoesWithIt() {
        String layer = "/2018-10-31/layers/utils/versions";
        String content = "{\"Content\": {\"ZipFile\": \"" + TestApi.zip("x") + "\"}}";
        api.send("POST", layer, content);
        api.send(
                "POST",
                layer + "/1/policy",
                "{\"StatementId\": \"a\", \"Action\": \"lambda:GetLayerVersion\", \"Principal\": \"*\"}");
        api.delete(layer + "/1");

        int policies = api.catalog.read(tx -> tx.list(RecordKind.LAYER_POLICY).size());
        assertThat(policies).isZero();
    }

    @Test
    void everyUrlHasAnIdOfItsOwnThatCannotBeGuessed() {
        api.create("f");
        api.create("g");
        String f = api.send("POST", "/2021-10-31/functions/f/url", "{\"AuthType\": \"NONE\"}")
                .json()
                .get("FunctionUrl")
                .asString();
        String g = api.send("POST", "/2021-10-31/functions/g/url", "{\"AuthType\": \"NONE\"}")
                .json()
                .get("FunctionUrl")
                .asString();

        assertThat(f).matches("http://[a-z0-9]{32}\\.lambda-url\\.us-east-1\\.localhost:9000/");
        assertThat(f).isNotEqualTo(g);
    }

    @Test
    void functionIsCreatedWithACodeSigningConfigurationThatIsThere() {
        String arn = api.send("POST", "/2020-04-22/code-signing-configs", """
                        {"AllowedPublishers": {"SigningProfileVersionArns":
                         ["arn:aws:signer:us-east-1:111111111111:/signing-profiles/p/1"]}}""")
                .json()
                .get("CodeSigningConfig")
                .get("CodeSigningConfigArn")
                .asString();
        String none = arn.substring(0, arn.length() - 17) + "0".repeat(17);

        TestApi.Answer refused = api.create("f", ", \"CodeSigningConfigArn\": \"" + none + "\"");
        assertThat(refused.header("x-amzn-ErrorType")).isEqualTo("CodeSigningConfigNotFoundException");
        assertThat(api.get("/2015-03-31/functions/f").status()).isEqualTo(404);

        api.create("f", ", \"CodeSigningConfigArn\": \"" + arn + "\"");
        assertThat(api.get("/2020-06-30/functions/f/code-signing-config").text())
                .contains(arn);
    }
}
