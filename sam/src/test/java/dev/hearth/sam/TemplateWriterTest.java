package dev.hearth.sam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateWriterTest {
    @Test
    void everyTextIsReadBackAsTheSameText() {
        for (String text : List.of(
                "",
                "a",
                "plain-text_1.x",
                "arn:aws:iam::000000000000:role/x",
                "010",
                "1.50",
                "1e3",
                "yes",
                "No",
                "on",
                "null",
                "~",
                "true",
                "a: b",
                "a:",
                "- x",
                "# x",
                "x #y",
                "{a}",
                "[a]",
                "*a",
                "&a",
                "!Ref x",
                "%",
                "@",
                "`",
                "'",
                "\"",
                "\\n",
                "a\nb",
                "\t",
                "\u0001",
                "\u0085",
                "\u2028",
                "ünïcödé",
                "😀",
                " x",
                "x ",
                "2010-09-09",
                "12:30:45",
                "=",
                "<<",
                "?",
                "$LATEST",
                "/aws/lambda/x")) {
            String yaml = TemplateWriter.write(Map.of("k", text, "l", List.of(text)));

            Value.Mapping read = YamlReader.read(yaml).asMapping("it");

            assertThat(read.text("k")).as(yaml).contains(text);
            assertThat(((Value.Scalar) read.get("k").orElseThrow()).kind())
                    .as(yaml)
                    .isEqualTo(Value.Kind.TEXT);
            assertThat(read.get("l").orElseThrow().asList("l").getFirst().asText("it"))
                    .isEqualTo(text);
        }
    }

    @Test
    void nestingIsByIndentation() {
        var map = new LinkedHashMap<String, Object>();
        map.put("A", Map.of("B", List.of(Map.of("Ref", "X"), "z", 1L, Map.of("C", true))));
        map.put("Empty", Map.of());
        map.put("None", List.of());

        assertThat(TemplateWriter.write(map)).isEqualTo("""
                A:
                  B:
                    - !Ref X
                    - z
                    - 1
                    -
                      C: true
                Empty: {}
                None: []
                """);
        assertThat(YamlReader.read(TemplateWriter.write(map)).plain()).isEqualTo(map);
    }
}
