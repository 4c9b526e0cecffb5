package dev.hearth.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {
    private static byte[] bytes(LogLine line) {
        var out = new ByteArrayOutputStream();
        line.writeTo(out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "two\nlines\n", "back\\slash \\n", "\t\ttabs\r", "ünï 🔥 日本", "\\", "\\\n\\"})
    void messagesComeBackAsTheyWere(String message) {
        var line = LogLine.event(1_700_000_000_123L, 1_700_000_000_456L, "2026/01/01/[$LATEST]abc", message);
        byte[] bytes = bytes(line);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).endsWith("\n").containsOnlyOnce("\n");
        assertThat(LogLine.parse(bytes, 0, bytes.length - 1)).contains(line);
    }

    @Test
    void streamNamesCannotBreakTheLine() {
        byte[] bytes = bytes(LogLine.event(1, 1, "a\tb\nc", "x"));
        assertThat(LogLine.parse(bytes, 0, bytes.length - 1).orElseThrow().stream())
                .isEqualTo("a_b_c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "E", "E\t1\t0\tstream", "X\t1\t0\ts\tm", "E\tnow\t0\ts\tm", "\t\t\t\t", "EE\t1\t0\ts\tm"})
    void whatIsNoLineIsNotRead(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(LogLine.parse(bytes, 0, bytes.length)).isEqualTo(Optional.empty());
    }
}
