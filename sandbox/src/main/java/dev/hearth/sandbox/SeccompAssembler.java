package dev.hearth.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Puts a seccomp program together: classic BPF over `struct seccomp_data` (seccomp(2), linux/seccomp.h).
/// Every rule starts and ends with the system call's number in the accumulator.
final class SeccompAssembler {
    private static final int ALLOW = 0x7fff0000;
    private static final int KILL_PROCESS = 0x80000000;
    private static final int ERRNO = 0x00050000;

    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int ARGUMENTS = 16;
    private static final int ARGUMENT_BYTES = 8;

    private static final short LOAD = 0x20; // BPF_LD | BPF_W | BPF_ABS
    private static final short IF_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    private static final short IF_AT_LEAST = 0x35; // BPF_JMP | BPF_JGE | BPF_K
    private static final short IF_ANY_BIT = 0x45; // BPF_JMP | BPF_JSET | BPF_K
    private static final short RETURN = 0x06; // BPF_RET | BPF_K
    private static final int INSTRUCTION_BYTES = 8;

    private final List<Instruction> program = new ArrayList<>();

    /// @param architecture its `AUDIT_ARCH_` number; a program for another ends the process that makes the call,
    ///     because the numbers of the rules would mean other calls there
    SeccompAssembler(int architecture) {
        emit(LOAD, ARCHITECTURE);
        skipUnless(IF_EQUAL, architecture, 0, 1);
        skip(1);
        emit(RETURN, KILL_PROCESS);
        emit(LOAD, NUMBER);
    }

    SeccompAssembler refuseNumbersFrom(int first, int errno) {
        skipUnless(IF_AT_LEAST, first, 0, 1);
        emit(RETURN, ERRNO | errno);
        return this;
    }

    SeccompAssembler refuse(int number, int errno) {
        skipUnless(IF_EQUAL, number, 0, 1);
        emit(RETURN, ERRNO | errno);
        return this;
    }

    /// Refuses the call when one of `bits` is set in the low half of an argument.
    SeccompAssembler refuseBits(int number, int argument, int bits, int errno) {
        skipUnless(IF_EQUAL, number, 0, 4);
        emit(LOAD, argument(argument));
        skipUnless(IF_ANY_BIT, bits, 0, 1);
        emit(RETURN, ERRNO | errno);
        emit(RETURN, ALLOW);
        return this;
    }

    /// Refuses the call when the low half of an argument is one of `values`.
    SeccompAssembler refuseValues(int number, int argument, int errno, int... values) {
        skipUnless(IF_EQUAL, number, 0, 2 + 2 * values.length);
        emit(LOAD, argument(argument));
        for (int value : values) {
            skipUnless(IF_EQUAL, value, 0, 1);
            emit(RETURN, ERRNO | errno);
        }
        emit(RETURN, ALLOW);
        return this;
    }

    /// Refuses the call unless the low half of an argument is one of `values`.
    SeccompAssembler allowValues(int number, int argument, int errno, int... values) {
        skipUnless(IF_EQUAL, number, 0, 2 + 2 * values.length);
        emit(LOAD, argument(argument));
        for (int value : values) {
            skipUnless(IF_EQUAL, value, 0, 1);
            emit(RETURN, ALLOW);
        }
        emit(RETURN, ERRNO | errno);
        return this;
    }

    /// Where the first argument is `value`, refuses the call unless the third is `third`; goes on otherwise.
    SeccompAssembler whenFirstThenThird(int number, int value, int third, int errno) {
        skipUnless(IF_EQUAL, number, 0, 7);
        emit(LOAD, argument(0));
        skipUnless(IF_EQUAL, value, 0, 4);
        emit(LOAD, argument(2));
        skipUnless(IF_EQUAL, third, 0, 1);
        emit(RETURN, ALLOW);
        emit(RETURN, ERRNO | errno);
        emit(LOAD, NUMBER);
        return this;
    }

    /// The program in the machine's byte order, as the kernel and bubblewrap want it.
    byte[] finish() {
        emit(RETURN, ALLOW);
        ByteBuffer bytes =
                ByteBuffer.allocate(program.size() * INSTRUCTION_BYTES).order(ByteOrder.nativeOrder());
        for (Instruction instruction : program) {
            bytes.putShort(instruction.code());
            bytes.put((byte) instruction.whenTrue());
            bytes.put((byte) instruction.whenFalse());
            bytes.putInt(instruction.operand());
        }
        return bytes.array();
    }

    /// Both architectures are little-endian, so the low half comes first. Only it is looked at: all arguments
    /// checked here are 32 bits wide for the kernel, which ignores the rest.
    private static int argument(int index) {
        return ARGUMENTS + index * ARGUMENT_BYTES;
    }

    private void skip(int count) {
        emit((short) 0x05, count); // BPF_JMP | BPF_JA
    }

    private void skipUnless(short test, int operand, int skippedWhenTrue, int skippedWhenFalse) {
        program.add(new Instruction(test, skippedWhenTrue, skippedWhenFalse, operand));
    }

    private void emit(short code, int operand) {
        program.add(new Instruction(code, 0, 0, operand));
    }

    private record Instruction(short code, int whenTrue, int whenFalse, int operand) {}
}
