package dev.hearth.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What functions have beside code and aliases, and what the API refuses, as boto3 sees it.
class FamiliesIT {
    @TestFactory
    Stream<DynamicTest> checks() {
        return Checks.of("family_checks.py", 14);
    }
}
