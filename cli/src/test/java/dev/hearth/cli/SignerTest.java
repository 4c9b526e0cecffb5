package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignerTest {
    /// The example of AWS's documentation on Signature Version 4, whose signature it prints.
    private final Signer documented = new Signer(
            "AKIDEXAMPLE",
            "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            Optional.empty(),
            "us-east-1",
            () -> Instant.parse("2015-08-30T12:36:00Z"));

    @Test
    void signatureIsTheOneThatAwsDocuments() {
        Map<String, String> added = documented.sign(
                "GET",
                URI.create("https://iam.amazonaws.com"),
                "/?Action=ListUsers&Version=2010-05-08",
                "iam",
                Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                new byte[0]);

        assertThat(added)
                .containsEntry(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,"
                                + " SignedHeaders=content-type;host;x-amz-date,"
                                + " Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")
                .containsEntry("X-Amz-Date", "20150830T123600Z");
    }

    @Test
    void sessionTokenIsSignedAndSent() {
        var signer = new Signer("ID", "secret", Optional.of("token"), "eu-west-1", Instant::now);

        Map<String, String> added =
                signer.sign("GET", URI.create("http://127.0.0.1:9000"), "/x", "lambda", Map.of(), new byte[0]);

        assertThat(added).containsEntry("X-Amz-Security-Token", "token");
        assertThat(added.get("Authorization")).contains("host;x-amz-date;x-amz-security-token");
    }

    @Test
    void missingCredentialsNameTheVariables() {
        assertThatThrownBy(() -> Signer.fromEnvironment(Map.of("AWS_ACCESS_KEY_ID", "ID"), "us-east-1"))
                .hasMessageContaining("AWS_SECRET_ACCESS_KEY");
    }

    @Test
    void textOfASignerDoesNotHoldItsSecret() {
        assertThat(documented.toString()).doesNotContain("wJalr");
    }
}
