package dev.hearth.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
    @Test
    void valuesKnowTheirLines() {
        Value.Mapping read = YamlReader.read("a: 1\nb:\n  - x\n  - !Ref y\n").asMapping("it");

        List<Value> items = read.get("b").orElseThrow().asList("b");

        assertThat(read.line()).isEqualTo(1);
        assertThat(items.get(0).line()).isEqualTo(3);
        assertThat(items.get(1).line()).isEqualTo(4);
        assertThat(items.get(1).plain()).isEqualTo(Map.of("Ref", "y"));
    }

    @Test
    void jsonIsReadAsWell() {
        assertThat(YamlReader.read("{\"a\": [1, true, null, \"1\"]}").plain()).hasToString("{a=[1, true, null, 1]}");
    }

    @Test
    void mergeKeyTakesWhatIsNotThere() {
        Value read = YamlReader.read("base: &b {x: 1, y: 2}\nit:\n  <<: *b\n  y: 3\n");

        assertThat(read.asMapping("it").mapping("it").plain()).isEqualTo(Map.of("x", 1L, "y", 3L));
    }

    @Test
    void keyThatIsThereTwiceIsRefusedWithItsLine() {
        assertRefused("a: 1\nb: 2\na: 3\n", 3, "'a' is there twice: keep one of them");
    }

    @Test
    void unknownTagIsRefusedWithThoseThatAreKnown() {
        assertRefused(
                "a: !Subb x\n",
                1,
                "!Subb is no function of CloudFormation; Hearth knows !Ref, !Sub, !GetAtt, !Join, !Select, !Split, !If, !Equals,"
                        + " !Not, !And, !Or, !FindInMap, !Base64, !Condition");
    }

    @Test
    void whatIsNoYamlIsRefusedWithItsLine() {
        assertThatThrownBy(() -> YamlReader.read("a: 1\nb: [1\nc: 2\n"))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("this is not YAML: ");
    }

    @Test
    void aliasesThatMakeAHugeValueOfASmallFileAreRefused() {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            text.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n"
                    .formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1));
        }
        assertThatThrownBy(() -> YamlReader.read(text.toString()))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("too many values");
    }

    @Test
    void aliasOfItselfIsRefused() {
        assertThatThrownBy(() -> YamlReader.read("a: &a\n  b: *a\n")).isInstanceOf(TemplateException.class);
    }

    @Test
    void textOfOneMegabyteIsReadAndOneCharacterMoreIsRefused() {
        String most = "a: " + "x".repeat(YamlReader.MAX_CHARACTERS - 3);

        assertThat(YamlReader.read(most).asMapping("it").text("a")).isPresent();
        assertThatThrownBy(() -> YamlReader.read(most + "x")).hasMessageContaining("larger than 1 MB");
    }

    private static void assertRefused(String text, int line, String message) {
        assertThatThrownBy(() -> YamlReader.read(text))
                .isInstanceOf(TemplateException.class)
                .hasMessage(message)
                .satisfies(e -> assertThat(((TemplateException) e).line()).isEqualTo(line));
    }
}
