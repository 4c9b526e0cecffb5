package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodeDownloadTest {
    private final TestApi api = TestApi.ready();
    private final CodeDownload download = new CodeDownload(api.packages, api.links);

    private String location() {
        api.create("f");
        String url =
                api.get("/2015-03-31/functions/f").json().at("/Code/Location").asString();
        assertThat(url).startsWith("http://127.0.0.1:9000" + CodeLinks.PATH);
        return url.substring("http://127.0.0.1:9000".length());
    }

    private TestApi.Answer read(String target) {
        return TestApi.send(download, "GET", target, Map.of(), new byte[0]);
    }

    @Test
    void linkOfAFunctionLeadsToItsZip() {
        assertThat(read(location()).bytes()).isEqualTo(TestApi.zipBytes("one"));
    }

    @Test
    void linkHoldsForTenMinutes() {
        String link = location();

        api.clock.advance(Duration.ofMinutes(10));
        assertThat(read(link).status()).isEqualTo(200);
        api.clock.advance(Duration.ofSeconds(1));
        assertThat(read(link).status()).isEqualTo(403);
    }

    @Test
    void changedLinkIsRefused() {
        String link = location();

        assertThat(read(link.replace("expires=", "expires=9")).status()).isEqualTo(403);
        assertThat(read(link + "0").status()).isEqualTo(403);
        assertThat(read(CodeLinks.PATH + "0".repeat(64)).status()).isEqualTo(403);
        assertThat(read(CodeLinks.PATH + "../secret?expires=x&token=%").status())
                .isEqualTo(400);
    }
}
