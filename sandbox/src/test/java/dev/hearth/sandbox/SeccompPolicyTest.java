package dev.hearth.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeccompPolicyTest {
    private static final int INSTRUCTION_BYTES = 8;
    private static final int LONGEST_FOR_THE_KERNEL = 4096;

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "aarch64"})
    void everyJumpStaysInTheProgramAndTheLastInstructionReturns(String architecture) {
        byte[] program = SeccompPolicy.program(architecture, false).orElseThrow();
        ByteBuffer bytes = ByteBuffer.wrap(program).order(ByteOrder.nativeOrder());
        int length = program.length / INSTRUCTION_BYTES;

        assertThat(length).isLessThan(LONGEST_FOR_THE_KERNEL);
        for (int i = 0; i < length; i++) {
            int code = bytes.getShort(i * INSTRUCTION_BYTES);
            boolean jump = (code & 0x07) == 0x05 && code != 0x05;
            int whenTrue = Byte.toUnsignedInt(bytes.get(i * INSTRUCTION_BYTES + 2));
            int whenFalse = Byte.toUnsignedInt(bytes.get(i * INSTRUCTION_BYTES + 3));
            assertThat(jump || whenTrue + whenFalse == 0).isTrue();
            assertThat(i + 1 + Math.max(whenTrue, whenFalse))
                    .as("instruction %d", i)
                    .isLessThan(length + (jump ? 0 : 1));
        }
        assertThat(bytes.getShort((length - 1) * INSTRUCTION_BYTES)).isEqualTo((short) 0x06);
    }

    @Test
    void architectureThatIsNotKnownHasNoProgram() {
        assertThat(SeccompPolicy.program("riscv64", false)).isEmpty();
    }
}
