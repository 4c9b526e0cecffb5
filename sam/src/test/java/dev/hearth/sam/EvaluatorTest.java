package dev.hearth.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// One test for each case of intrinsics.yaml.
class EvaluatorTest {
    private static final Inputs INPUTS = new Inputs("shop", "aws", "eu-central-1", "123456789012", Map.of(), Map.of());

    private final Value.Mapping table = Golden.yaml("intrinsics.yaml").asMapping("the table");

    @TestFactory
    Stream<DynamicTest> cases() {
        return table.get("Cases").orElseThrow().asList("cases").stream()
                .map(value -> value.asMapping("a case"))
                .map(one -> dynamicTest("line " + one.line(), () -> check(one)));
    }

    private void check(Value.Mapping one) {
        Value value = one.get("value").orElseThrow();
        Optional<String> refusal = one.text("fails");
        if (refusal.isPresent()) {
            assertThatThrownBy(() -> evaluator().evaluate(value))
                    .isInstanceOf(TemplateException.class)
                    .hasMessage(refusal.get())
                    .satisfies(e -> assertThat(((TemplateException) e).line()).isPositive());
            return;
        }
        Optional<Value> wanted = evaluator().evaluate(one.get("is").orElseThrow());
        Optional<Value> computed = evaluator().evaluate(value);
        assertThat(computed.map(v -> "" + plain(v))).isEqualTo(wanted.map(v -> "" + plain(v)));
        one.text("text")
                .ifPresent(
                        text -> assertThat(computed.orElseThrow().asText("it")).isEqualTo(text));
    }

    private static Object plain(Value value) {
        Object plain = value.plain();
        return plain == null ? "nothing" : plain;
    }

    private Evaluator evaluator() {
        var parameters = new HashMap<>(INPUTS.pseudoParameters());
        parameters.putAll(table.mapping("Parameters").entries());
        parameters.putAll(table.mapping("Lists").entries());
        return new Evaluator(
                parameters, table.mapping("Mappings"), table.mapping("Conditions"), EvaluatorTest::resolve);
    }

    private static Value resolve(int line, String name, Optional<String> attribute) {
        if (name.equals("Stadge")) {
            throw new TemplateException(line, "no resource 'Stadge'");
        }
        return Value.Scalar.text(line, "<" + name + attribute.map(a -> "." + a).orElse("") + ">");
    }
}
