package dev.hearth.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.Query;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Vectors of AWS's Signature Version 4 test suite.
class SigV4Test {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String DATE = "20150830T123600Z";
    private static final SigV4.CredentialScope SCOPE = new SigV4.CredentialScope("20150830", "us-east-1", "service");
    private static final String EMPTY = SigV4.sha256Hex(new byte[0]);

    private static String sign(String method, String query, String payloadHash) {
        var headers = List.of(
                new SigV4.SignedHeader("host", "example.amazonaws.com"), new SigV4.SignedHeader("x-amz-date", DATE));
        String canonical =
                SigV4.canonicalRequest(method, "/", SigV4.canonicalQuery(Query.parse(query)), headers, payloadHash);
        return SigV4.signature(SigV4.signingKey(SECRET, SCOPE), SigV4.stringToSign(DATE, SCOPE, canonical));
    }

    @Test
    void getVanilla() {
        assertThat(sign("GET", "", EMPTY))
                .isEqualTo("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    @Test
    void getVanillaQueryOrderKeyCase() {
        assertThat(sign("GET", "Param2=value2&Param1=value1", EMPTY))
                .isEqualTo("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    }

    @Test
    void postVanilla() {
        assertThat(sign("POST", "", EMPTY))
                .isEqualTo("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    @Test
    void hashOfNothing() {
        assertThat(SigV4.sha256Hex("".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
