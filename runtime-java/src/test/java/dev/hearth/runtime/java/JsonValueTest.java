package dev.hearth.runtime.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {
    @Test
    void valuesHaveTheClassesThatJacksonGives() throws Exception {
        assertThat(JsonValue.read("[1,-0,3000000000,9223372036854775808,1.0,1e2,true,null,\"a\"]"))
                .isEqualTo(java.util.Arrays.asList(
                        1, 0, 3000000000L, new BigInteger("9223372036854775808"), 1.0, 100.0, true, null, "a"));
    }

    @Test
    void membersKeepTheirOrderAndTheLastOfAKindWins() throws Exception {
        assertThat(String.valueOf(JsonValue.read("{\"b\":1,\"a\":{\"x\":[]},\"b\":2}")))
                .isEqualTo("{b=2, a={x=[]}}");
    }

    @Test
    void escapesAreResolved() throws Exception {
        assertThat(JsonValue.read("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E9\\ud83d\\ude00\""))
                .isEqualTo("a\"\\/\b\f\n\r\té😀");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1",
                "[1,]",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "{'a':1}",
                "01",
                "-",
                "1.",
                ".5",
                "1e",
                "+1",
                "tru",
                "nulL",
                "NaN",
                "\"a",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u１２３４\"",
                "\"a\tb\"",
                "1 2",
                "[1]]",
                "//x\n1"
            })
    void whatIsNotStrictJsonIsLeftToJackson(String text) {
        assertThatThrownBy(() -> JsonValue.read(text)).isInstanceOf(JsonValue.NotPlain.class);
    }

    @Test
    void nestingBeyondTheLimitIsLeftToJackson() {
        assertThatThrownBy(() -> JsonValue.read("[".repeat(100_000))).isInstanceOf(JsonValue.NotPlain.class);
    }

    @Test
    void numbersBeyondTheLimitAreLeftToJackson() {
        assertThatThrownBy(() -> JsonValue.read("1".repeat(501))).isInstanceOf(JsonValue.NotPlain.class);
    }

    @Test
    void bytesThatAreNotUtf8AreLeftToJackson() {
        byte[] latin1 = "\"é\"".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> JsonValue.read(latin1)).isInstanceOf(JsonValue.NotPlain.class);
    }

    @Test
    void whatIsWrittenReadsBackTheSame() throws Exception {
        Object value = Map.of("k\u0001😀", List.of(1, 2L << 40, 0.5, "\"\\\u2028\ud800", true, Map.of(), List.of()));
        StringBuilder json = new StringBuilder();
        assertThat(JsonText.value(json, value)).isTrue();
        assertThat(JsonValue.read(json.toString())).isEqualTo(value);
    }
}
