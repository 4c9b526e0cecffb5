package dev.hearth.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The API's core operations and errors as boto3 sees them.
class Boto3IT {
    @TestFactory
    Stream<DynamicTest> checks() {
        return Checks.of("boto3_checks.py", 30);
    }
}
