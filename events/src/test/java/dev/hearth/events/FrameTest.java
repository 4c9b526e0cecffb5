package dev.hearth.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameTest {
    private final Frame frame = new Frame(Frame.Kind.BODY, 42, new byte[] {1, 2, 3});

    @Test
    void frameReadIsTheFrameWritten() {
        ByteBuffer bytes = ByteBuffer.wrap(frame.encoded());
        Frame read = Frame.read(bytes).orElseThrow();
        assertThat(read.kind()).isEqualTo(Frame.Kind.BODY);
        assertThat(read.sequence()).isEqualTo(42);
        assertThat(read.content()).containsExactly(1, 2, 3);
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void everyShorterBeginningIsNoFrame() {
        byte[] whole = frame.encoded();
        for (int length = 0; length < whole.length; length++) {
            assertThat(Frame.read(ByteBuffer.wrap(whole, 0, length).slice())).isEmpty();
        }
    }

    @Test
    void everyChangedByteIsFound() {
        for (int i = 0; i < frame.size(); i++) {
            byte[] bytes = frame.encoded();
            bytes[i] ^= 0x10;
            Optional<Frame> read = Frame.read(ByteBuffer.wrap(bytes));
            assertThat(read).as("byte " + i).isEmpty();
        }
    }
}
