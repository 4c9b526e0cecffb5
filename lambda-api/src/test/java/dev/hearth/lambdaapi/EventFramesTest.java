package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The bytes are those that a script made by the description, and that botocore reads back.
class EventFramesTest {
    @Test
    void chunkIsAsBotocoreReadsIt() {
        assertThat(hex(EventFrames.chunk("héllo".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("000000700000005a174e874c0b3a6576656e742d7479706507000c5061796c6f61644368756e6b"
                        + "0d3a636f6e74656e742d747970650700186170706c69636174696f6e2f6f637465742d73747265616d"
                        + "0d3a6d6573736167652d747970650700056576656e7468c3a96c6c6f1ecb60c4");
    }

    @Test
    void endIsAsBotocoreReadsIt() {
        assertThat(hex(EventFrames.complete("{}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("00000066000000541f56c8690b3a6576656e742d7479706507000e496e766f6b65436f6d706c657465"
                        + "0d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e"
                        + "0d3a6d6573736167652d747970650700056576656e747b7d7006d467");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
