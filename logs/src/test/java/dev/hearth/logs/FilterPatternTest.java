package dev.hearth.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterPatternTest {
    private static final String JSON = """
            {"level": "ERROR", "ms": 12.5, "ok": false, "none": null, "user": {"name": "ann", "roles": ["a", "b"]},
             "text": "path/to/file", "odd name": 1}""";

    private static boolean matches(String pattern, String message) {
        return FilterPattern.parse(pattern).test(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                  | anything        | true",
                "ERROR               | an ERROR here   | true",
                "ERROR               | an error here   | false",
                "ERROR disk          | disk ERROR      | true",
                "ERROR disk          | ERROR           | false",
                "\"disk full\"       | the disk full ! | true",
                "\"disk full\"       | full disk       | false",
                "?ERROR ?WARN        | WARN            | true",
                "?ERROR ?WARN        | INFO            | false",
                "ERROR -retry        | ERROR fatal     | true",
                "ERROR -retry        | ERROR retry     | false",
                "-\"not me\"         | but me          | true",
                "-\"not me\"         | not me          | false",
                "\"a \\\"b\\\"\"     | a \"b\"         | true",
            })
    void termsSelectText(String pattern, String message, boolean expected) {
        assertThat(matches(pattern, message)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ $.level = \"ERROR\" }",
                "{$.level=ERROR}",
                "{ $.level = \"ERR*\" }",
                "{ $.text = \"*/to/*\" }",
                "{ $.level != \"INFO\" }",
                "{ $.ms > 12 && $.ms <= 12.5 }",
                "{ $.ms = 12.50 }",
                "{ $.user.name = \"ann\" }",
                "{ $.user.roles[1] = \"b\" }",
                "{ $.user.roles[*] = \"b\" }",
                "{ $[\"odd name\"] = 1 }",
                "{ $.ok IS FALSE }",
                "{ $.none IS NULL }",
                "{ $.missing NOT EXISTS }",
                "{ $.none EXISTS }",
                "{ $.level = \"INFO\" || ($.ms < 13 && $.ok IS FALSE) }",
            })
    void jsonPatternsSelectJson(String pattern) {
        assertThat(matches(pattern, JSON)).isTrue();
        assertThat(matches(pattern, "level ERROR")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ $.level = \"INFO\" }",
                "{ $.level = \"*RR\" }",
                "{ $.missing != \"x\" }",
                "{ $.ms > 12.5 }",
                "{ $.level > 1 }",
                "{ $.user.roles[2] = \"b\" }",
                "{ $.missing IS NULL }",
                "{ $.level = \"ERROR\" && $.ms < 12 }",
            })
    void jsonPatternsLeaveOutTheRest(String pattern) {
        assertThat(matches(pattern, JSON)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{ }",
                "{ $.a }",
                "{ $.a = }",
                "{ a = 1 }",
                "{ $.a = 1",
                "{ $.a = 1 } x",
                "{ $.a < \"x\" }",
                "{ $.a IS ODD }",
                "{ ($.a = 1 }",
                "[a, b]",
                "%a+%",
                "\"open",
                "?",
                "{ $.a = 1 & $.b = 2 }"
            })
    void whatCannotBeReadIsRefusedByName(String pattern) {
        assertThatThrownBy(() -> FilterPattern.parse(pattern))
                .isInstanceOfSatisfying(
                        LogsException.class, e -> assertThat(e.type()).isEqualTo("InvalidParameterException"))
                .hasMessageStartingWith("Invalid filter pattern");
    }

    @Test
    void patternsAreTakenUpToTheLongestAndNotPastIt() {
        assertThat(matches("x".repeat(1_024), "y")).isFalse();
        assertThatThrownBy(() -> FilterPattern.parse("x".repeat(1_025))).hasMessageContaining("1024");
        assertThatThrownBy(() -> FilterPattern.parse("{" + "(".repeat(1_000))).hasMessageContaining("too deep");
    }

    @Test
    void wildcardsTakeTheWholeText() {
        assertThat(Wildcard.parse("a*b*c").matches("a--b--c")).isTrue();
        assertThat(Wildcard.parse("a*b*c").matches("abc")).isTrue();
        assertThat(Wildcard.parse("a*b*c").matches("acb")).isFalse();
        assertThat(Wildcard.parse("ab*ba").matches("aba")).isFalse();
        assertThat(Wildcard.parse("*").matches("")).isTrue();
        assertThat(Wildcard.parse("**").matches("x")).isTrue();
        assertThat(Wildcard.parse("x").matches("xx")).isFalse();
    }
}
