package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.ExtensionFailure;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FunctionErrorsTest {
    @Test
    void whatAnExtensionSaysOfItselfStaysJson() {
        var failure = new ExtensionFailure("watch", "Extension.ExitError", "a \"b\"\tc\\d");

        assertThat(new String(
                        FunctionErrors.extensionFailed("id", failure).payload().bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"errorType\":\"Extension.ExitError\","
                        + "\"errorMessage\":\"RequestId: id Error: a \\\"b\\\"\\tc\\\\d\"}");
    }
}
