package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.SystemClock;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InstanceLogTest {
    private final FakeLogs logs = new FakeLogs();
    private final InstanceLog log = new InstanceLog(logs.open("000000000000", "g", "s"), "s", SystemClock.INSTANCE, 10);

    @Test
    void bytesBecomeLinesHoweverTheyArrive() {
        write("on");
        write("e\ntwo\nth");
        write("ree\n");
        assertThat(logs.lines).containsExactly("one", "two", "three");
    }

    @Test
    void lineAtTheLimitIsKeptWholeAndOnePastItIsSplit() {
        write("0123456789\n");
        write("0123456789a\n");
        assertThat(logs.lines).containsExactly("0123456789", "0123456789", "a");
    }

    @Test
    void carriageReturnInsideALineIsALineBreakWithinTheEvent() {
        write("a\rb\r\nc\n");
        assertThat(logs.lines).containsExactly("a\nb", "c");
    }

    @Test
    void flushWritesWhatHasNoLineBreakYet() {
        write("half");
        log.flush();
        log.flush();
        assertThat(logs.lines).containsExactly("half");
    }

    @Test
    void tailIsWhatWasWrittenSinceTheInvocationBegan() {
        write("before\n");
        log.begin("START");
        write("in it\n");
        assertThat(tail()).isEqualTo("START\nin it\n");
    }

    @Test
    void tailHoldsTheLastFourKilobytesToTheByte() {
        log.begin("START");
        for (int i = 0; i < 1000; i++) {
            write("line %04d\n".formatted(i));
        }
        assertThat(tail()).hasSize(InstanceLog.TAIL_BYTES).endsWith("line 0999\n");
    }

    @Test
    void whatTheFunctionAndItsExtensionsWriteIsNotMixedWithinALine() {
        write("func");
        byte[] other = "ext\n".getBytes(StandardCharsets.UTF_8);
        log.writeByExtension(other, other.length);
        write("tion\n");
        assertThat(logs.lines).containsExactly("ext", "function");
    }

    private String tail() {
        return new String(log.tail(), StandardCharsets.UTF_8);
    }

    private void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        log.write(bytes, bytes.length);
    }
}
