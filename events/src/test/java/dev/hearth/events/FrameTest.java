package dev.hearth.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
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
    void frameOfSeveralIsReadWithAllOfThem() {
        Frame together = Frame.together(List.of(frame, Frame.gone(7)));
        List<Frame> parts =
                Frame.read(ByteBuffer.wrap(together.encoded())).orElseThrow().parts();
        assertThat(parts).hasSize(2);
        assertThat(parts.getFirst().content()).containsExactly(1, 2, 3);
        assertThat(parts.getLast().kind()).isEqualTo(Frame.Kind.GONE);
        assertThat(parts.getLast().sequence()).isEqualTo(7);
    }

    @Test
    void kindOfANewerHearthIsRefusedWithTheRemedy() {
        byte[] bytes = frame.encoded();
        bytes[8] = 99;
        var crc = new CRC32C();
        crc.update(bytes, 8, bytes.length - 8);
        ByteBuffer in = ByteBuffer.wrap(bytes).putInt(4, (int) crc.getValue());
        assertThatThrownBy(() -> Frame.read(in)).hasMessageContaining("kind 99").hasMessageContaining("newer");
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
