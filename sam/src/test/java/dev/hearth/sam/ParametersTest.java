package dev.hearth.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private static Parameters read(String yaml, Map<String, String> given) {
        return Parameters.of(YamlReader.read(yaml).asMapping("Parameters"), given);
    }

    private static String value(String yaml, Map<String, String> given) {
        return String.valueOf(
                read(yaml, given).values().values().iterator().next().plain());
    }

    private static void refused(String yaml, Map<String, String> given, String message) {
        assertThatThrownBy(() -> read(yaml, given))
                .isInstanceOf(TemplateException.class)
                .hasMessage(message);
    }

    @Test
    void whatIsGivenComesBeforeTheDefault() {
        assertThat(value("P: { Type: String, Default: a }", Map.of())).isEqualTo("a");
        assertThat(value("P: { Type: String, Default: a }", Map.of("P", "b"))).isEqualTo("b");
        assertThat(value("P: { Type: String, Default: '' }", Map.of())).isEmpty();
    }

    @Test
    void listsAreSplitAtCommas() {
        assertThat(value("P: { Type: CommaDelimitedList, Default: 'a, b,c' }", Map.of()))
                .isEqualTo("[a, b, c]");
        assertThat(value("P: { Type: List<Number> }", Map.of("P", "1,2"))).isEqualTo("[1, 2]");
        assertThat(value("P: { Type: CommaDelimitedList, Default: '' }", Map.of()))
                .isEqualTo("[]");
    }

    @Test
    void whatIsMissingIsNamedWithTheRemedy() {
        refused(
                "P: { Type: String }",
                Map.of(),
                "the parameter 'P' has no default: give its value with --parameter P=VALUE");
        refused(
                "Stage: { Type: String }",
                Map.of("Stgae", "x"),
                "the template has no parameter 'Stgae'; there are: Stage");
        refused(
                "Stage: { Type: String }",
                Map.of("Stag", "x"),
                "the template has no parameter 'Stag': did you mean 'Stage'?");
    }

    @Test
    void valueOfTheParameterStoreMustBeGiven() {
        String yaml = "P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /a/b }";

        refused(
                yaml,
                Map.of(),
                "the parameter 'P' is read from the Parameter Store, which is not here: give its value with --parameter P=VALUE");
        assertThat(value(yaml, Map.of("P", "x"))).isEqualTo("x");
    }

    @Test
    void rulesAreChecked() {
        for (List<String> row : List.of(
                List.of("{ Type: Number }", "x", "it must be a number"),
                List.of("{ Type: String, AllowedValues: [a, b] }", "c", "it must be one of a, b"),
                List.of("{ Type: String, AllowedPattern: '[a-z]+' }", "a1", "its AllowedPattern does not allow that"),
                List.of(
                        "{ Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: letters only }",
                        "1",
                        "letters only"),
                List.of("{ Type: String, MinLength: 2 }", "a", "its MinLength 2 does not allow that"),
                List.of("{ Type: String, MaxLength: 2 }", "abc", "its MaxLength 2 does not allow that"),
                List.of("{ Type: Number, MinValue: 1.5 }", "1", "its MinValue 1.5 does not allow that"),
                List.of("{ Type: Number, MaxValue: 10 }", "11", "its MaxValue 10 does not allow that"),
                List.of("{ Type: String, MinValue: 1 }", "a", "it must be a number"))) {
            refused(
                    "P: " + row.get(0),
                    Map.of("P", row.get(1)),
                    "the parameter 'P' cannot be '" + row.get(1) + "': " + row.get(2));
        }
    }

    @Test
    void limitThatIsNoNumberIsRefused() {
        refused("P: { Type: Number, MaxValue: ten }", Map.of("P", "1"), "MaxValue must be a number, not 'ten'");
    }

    @Test
    void secretIsKeptOutOfRefusals() {
        refused(
                "P: { Type: String, NoEcho: true, MaxLength: 1 }",
                Map.of("P", "hush"),
                "the parameter 'P' cannot be '****': its MaxLength 1 does not allow that");
        assertThat(read("P: { Type: String, NoEcho: true }", Map.of("P", "hush"))
                        .secrets())
                .containsExactly("hush");
        assertThat(read("P: { Type: CommaDelimitedList, NoEcho: true }", Map.of("P", "hush, quiet,"))
                        .secrets())
                .containsExactlyInAnyOrder("hush, quiet,", "hush", "quiet");
    }
}
