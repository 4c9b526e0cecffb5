package dev.hearth.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
    @Test
    void messagesUpToTheLimitAreWholeAndOnePastItIsSplit() {
        assertThat(LineSplitter.split("x".repeat(100), 100)).containsExactly("x".repeat(100));
        assertThat(LineSplitter.split("x".repeat(101), 100)).containsExactly("x".repeat(100), "x");
        assertThat(LineSplitter.split("", 100)).containsExactly("");
    }

    @Test
    void charactersAreNeverCut() {
        for (String character : new String[] {"ü", "日", "🔥"}) {
            String message = character.repeat(1_000);
            var pieces = LineSplitter.split(message, 101);
            assertThat(String.join("", pieces)).isEqualTo(message);
            assertThat(pieces).allSatisfy(piece -> {
                assertThat(piece.getBytes(StandardCharsets.UTF_8).length).isBetween(1, 101);
                assertThat(piece.replace(character, "")).isEmpty();
            });
        }
    }
}
