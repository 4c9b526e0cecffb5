package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/// With access keys configured, only requests signed with one of them pass.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignaturesIT {
    private final Path data = HearthServer.newData();
    private final HearthServer server = HearthServer.start(
            data, "accessKeys: [{id: AKIAFIRST, secret: first/secret+1}, {id: AKIASECOND, secret: other}]\n");

    @AfterAll
    void stop() {
        server.close();
        HearthServer.delete(data);
    }

    @Test
    void eachConfiguredKeyPasses() {
        try (Lambda first = Lambda.at(server.endpoint(), "AKIAFIRST", "first/secret+1");
                Lambda second = Lambda.at(server.endpoint(), "AKIASECOND", "other")) {
            String name = first.deploy("provided.al2023", "x", Code.of("bootstrap", Shell.loop("answer \"$event\"")));
            assertThat(second.call(name, "{\"a\":1}").payload()).isEqualTo("{\"a\":1}");
            assertThat(second.call("arn:aws:lambda:us-east-1:000000000000:function:" + name, "2")
                            .payload())
                    .isEqualTo("2");
        }
    }

    @Test
    void wrongSecretIsRefused() {
        assertRefused("AKIAFIRST", "wrong", "InvalidSignatureException");
    }

    @Test
    void unknownKeyIsRefused() {
        assertRefused("AKIAUNKNOWN", "first/secret+1", "UnrecognizedClientException");
    }

    @Test
    void unsignedRequestIsRefused() throws Exception {
        var answer = server.get("/2015-03-31/functions/");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains("MissingAuthenticationTokenException");
    }

    @Test
    void secretsAreNotLogged() {
        assertThat(server.log()).doesNotContain("first/secret+1");
    }

    private void assertRefused(String key, String secret, String type) {
        try (Lambda lambda = Lambda.at(server.endpoint(), key, secret)) {
            assertThatThrownBy(lambda::names).isInstanceOfSatisfying(LambdaException.class, refused -> {
                assertThat(refused.statusCode()).isEqualTo(403);
                assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(type);
            });
        }
    }
}
