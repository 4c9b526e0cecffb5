package dev.hearth.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.sandbox.MemoryRanges.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryRangesTest {
    @Test
    void privateMemoryIsTakenOfFilesTooAndSharedOrReservedIsNot() {
        assertThat(MemoryRanges.parse(List.of(
                        "00400000-00401000 r-xp 00000000 fe:00 1234                       /usr/bin/a program",
                        "00600000-00602000 rw-p 00000000 00:00 0                          [heap]",
                        "7f0000000000-7f0000001000 rw-s 00000000 00:01 77                 /dev/zero (deleted)",
                        "7f0000002000-7f0000003000 ---p 00000000 00:00 0 ",
                        "7f0000004000-7f0000005000 r--p 00000000 00:00 0                  [vvar]",
                        "7f0000006000-7f0000007000 rw-p 00000000 00:00 0 ",
                        "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0          [vsyscall]")))
                .containsExactly(
                        new Range(0x400000, 0x1000), new Range(0x600000, 0x2000), new Range(0x7f0000006000L, 0x1000));
    }

    @Test
    void largeMemoryIsTakenInPieces() {
        assertThat(MemoryRanges.parse(List.of("10000000-10900000 rw-p 00000000 00:00 0 ")))
                .containsExactly(
                        new Range(0x10000000, 0x400000),
                        new Range(0x10400000, 0x400000),
                        new Range(0x10800000, 0x100000));
    }
}
