package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/operations.md, the routes and the sealed type say the same.
class OperationsTableTest {
    private static final Path TABLE = Path.of("../docs/operations.md");

    private static Map<String, String> written() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> line.contains("` | "))
                .map(line -> line.split(" *\\| *"))
                .collect(Collectors.toMap(
                        cells -> cells[1], cells -> cells[2] + " " + cells[3], (a, b) -> a, TreeMap::new));
    }

    private static Stream<Map.Entry<String, String>> rows(List<Route> routes) {
        return routes.stream().map(route -> {
            String marker = route.marker().isEmpty() ? "" : "?" + route.marker();
            String request = route.method() + " /" + String.join("/", route.segments()) + marker;
            return Map.entry(
                    route.operation(), "`" + request + "` " + route.state().word());
        });
    }

    private static long count(Route.State state) {
        return Stream.concat(Routes.WORKING.stream(), Routes.REFUSED.stream())
                .filter(route -> route.state() == state)
                .count();
    }

    @Test
    void tableHasEveryRouteWithItsState() throws IOException {
        Map<String, String> expected = Stream.concat(rows(Routes.WORKING), rows(Routes.REFUSED))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));

        assertThat(written()).isEqualTo(expected);
        assertThat(Files.readString(TABLE))
                .contains("%d of %d work, %d more are accepted and stored, %d are refused."
                        .formatted(
                                count(Route.State.WORKS),
                                expected.size(),
                                count(Route.State.STORED),
                                count(Route.State.REFUSED)));
    }

    @Test
    void everyWorkingRouteIsACaseOfTheSealedTypeAndTheOtherWayRound() {
        List<String> cases = Arrays.stream(LambdaOperation.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList();

        assertThat(cases)
                .containsExactlyInAnyOrderElementsOf(
                        Routes.WORKING.stream().map(Route::operation).toList());
    }
}
