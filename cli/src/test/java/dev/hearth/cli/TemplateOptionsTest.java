package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateOptionsTest {
    private static Map<String, String> overrides(String... words) {
        var options = new TemplateOptions();
        options.overrides = List.of(words);
        return options.parameters();
    }

    @Test
    void parametersAreTakenInAllFormsThatSamTakes() {
        assertThat(overrides("A=1", "B=two words")).isEqualTo(Map.of("A", "1", "B", "two words"));
        assertThat(overrides("A=1 B=two words C=")).isEqualTo(Map.of("A", "1", "B", "two words", "C", ""));
        assertThat(overrides("ParameterKey=A,ParameterValue=x,y ParameterKey=B,ParameterValue=z"))
                .isEqualTo(Map.of("A", "x,y", "B", "z"));
        assertThat(overrides("A=\"1\"", "B=a=b")).isEqualTo(Map.of("A", "1", "B", "a=b"));
    }

    @Test
    void whatIsNoParameterIsRefused() {
        assertThatThrownBy(() -> overrides("A=1", "template.yaml"))
                .hasMessage(
                        "--parameter-overrides takes NAME=VALUE, not 'template.yaml'. A template is named before it, or with --template.");
    }
}
