package dev.hearth.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventTest {
    private final Event event = new Event(7, 0, "dynamodb");

    private boolean accepts(String answer) {
        return event.isAnsweredBy(answer.getBytes(UTF_8));
    }

    @Test
    void rightAnswerNamesTheCallAndTheDependency() {
        assertThat(accepts("{\"message\": \"Hello n7\", \"from\": \"dynamodb\"}"))
                .isTrue();
    }

    @Test
    void answerToAnotherCallIsWrong() {
        assertThat(accepts("{\"message\": \"Hello n8\", \"from\": \"dynamodb\"}"))
                .isFalse();
    }

    @Test
    void answerOfAFunctionWithoutItsDependencyIsWrong() {
        assertThat(accepts("{\"message\": \"Hello n7\", \"from\": \"nothing\"}"))
                .isFalse();
    }

    @Test
    void whatIsNoJsonIsWrong() {
        assertThat(accepts("Internal Server Error")).isFalse();
    }
}
