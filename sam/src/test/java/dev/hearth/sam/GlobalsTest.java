package dev.hearth.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// One test for each case of merging.yaml.
class GlobalsTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return Golden.yaml("merging.yaml").asList("the table").stream()
                .map(value -> value.asMapping("a case"))
                .map(one -> dynamicTest(
                        one.text("name").orElseThrow(),
                        () -> assertThat(Globals.merge(one.mapping("globals"), one.mapping("local"))
                                        .plain())
                                .isEqualTo(one.mapping("merged").plain())));
    }
}
