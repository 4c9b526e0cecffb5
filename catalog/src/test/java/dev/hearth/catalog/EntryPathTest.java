package dev.hearth.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryPathTest {
    private static EntryPath parse(String name) {
        return EntryPath.parse(name.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void harmlessDetoursAreTakenOut() {
        assertThat(parse("./a//b/./c.txt").text()).isEqualTo("a/b/c.txt");
        assertThat(parse("a/b/").directory()).isTrue();
        assertThat(parse("a/b").directory()).isFalse();
        assertThat(parse("./").segments()).isEmpty();
        assertThat(parse("ünïcödé/日本.py").text()).isEqualTo("ünïcödé/日本.py");
        assertThat(parse("..a/b../...").text()).isEqualTo("..a/b../...");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x",
                "a/../../x",
                "a/..",
                "..",
                "/etc/passwd",
                "//x",
                "a\\b",
                "..\\x",
                "C:/x",
                "c:x",
                "a\0b",
                ""
            })
    void namesThatLeadElsewhereAreRefused(String name) {
        assertThatThrownBy(() -> parse(name))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE));
    }

    @Test
    void namesAreTakenUpToTheLongestAndNotPastIt() {
        assertThat(parse("a".repeat(255)).segments()).hasSize(1);
        assertThatThrownBy(() -> parse("a".repeat(256))).hasMessageContaining("more than 255 bytes");
        assertThatThrownBy(() -> parse("é".repeat(128))).hasMessageContaining("more than 255 bytes");
        String path = ("a".repeat(127) + "/").repeat(16);
        assertThat(parse(path.substring(0, 2047)).segments()).hasSize(16);
        assertThatThrownBy(() -> parse(path + "bc")).hasMessageContaining("2050 bytes");
        assertThat(parse("d/".repeat(63) + "f").segments()).hasSize(64);
        assertThatThrownBy(() -> parse("d/".repeat(64) + "f")).hasMessageContaining("64 directories deep");
    }

    @Test
    void otherEncodingsAreNamed() {
        assertThatThrownBy(() -> EntryPath.parse("grün.py".getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessageContaining("'grün.py'")
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void messagesShowNoControlCharacters() {
        assertThatThrownBy(() -> parse("/\u001b[31m\n")).hasMessageContaining("'/?[31m?'");
    }
}
