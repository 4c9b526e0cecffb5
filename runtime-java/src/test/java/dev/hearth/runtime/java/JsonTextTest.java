package dev.hearth.runtime.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTextTest {
    @Test
    void nullsAreLeftOutOfMapsAndKeptInLists() {
        Map<String, Object> map = new HashMap<>();
        map.put("none", null);
        List<Object> list = new ArrayList<>();
        list.add(null);
        list.add(map);
        assertThat(text(list)).isEqualTo("[null,{}]");
    }

    @Test
    void controlCharactersAndSurrogatesAreEscaped() {
        assertThat(text("\u0000\b\t\n\f\r\u001f\"\\/\u007fé😀"))
                .isEqualTo("\"\\u0000\\b\\t\\n\\f\\r\\u001F\\\"\\\\/\u007fé\\uD83D\\uDE00\"");
    }

    static Stream<Object> others() {
        List<Object> circular = new ArrayList<>();
        circular.add(circular);
        return Stream.of(
                new BigDecimal("1"),
                1f,
                Double.NaN,
                'c',
                new Object(),
                Map.of(1, 2),
                List.of(new int[1]),
                circular,
                List.of(Map.of("a", Thread.State.NEW)),
                new ArrayList<Object>() {});
    }

    @ParameterizedTest
    @MethodSource("others")
    void whatJacksonTreatsInItsOwnWayIsLeftToIt(Object value) {
        assertThat(JsonText.value(new StringBuilder(), value)).isFalse();
    }

    private static String text(Object value) {
        StringBuilder json = new StringBuilder();
        assertThat(JsonText.value(json, value)).isTrue();
        return json.toString();
    }
}
