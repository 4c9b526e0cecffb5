package dev.hearth.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ResolutionCacheTest {
    private final ResolutionCache cache = new ResolutionCache(10);
    private final AtomicInteger loads = new AtomicInteger();

    private Optional<Resolution> load(String name) {
        loads.incrementAndGet();
        return Optional.of(new Resolution(Samples.latest(name), Optional.empty(), 0.0, OptionalInt.empty()));
    }

    @Test
    void hitDoesNotLoad() {
        cache.get("f", "$LATEST", () -> load("f"));
        cache.get("f", "$LATEST", () -> load("f"));
        assertThat(loads).hasValue(1);
    }

    @Test
    void invalidatedFunctionIsLoadedAgain() {
        cache.get("f", "$LATEST", () -> load("f"));
        cache.invalidate("f");
        cache.get("f", "$LATEST", () -> load("f"));
        assertThat(loads).hasValue(2);
    }

    @Test
    void loadThatAWriteOvertookIsNotKept() {
        cache.get("f", "$LATEST", () -> {
            var stale = load("f");
            cache.invalidate("f"); // a write commits between this load's read and its end
            return stale;
        });
        cache.get("f", "$LATEST", () -> load("f"));
        assertThat(loads).hasValue(2);
    }

    @Test
    void namesThatDoNotExistTakeNoMemory() {
        for (int i = 0; i < 100; i++) {
            assertThat(cache.get("nobody" + i, "$LATEST", Optional::empty)).isEmpty();
        }
        assertThat(cache.size()).isZero();
    }

    @Test
    void neverHoldsMoreFunctionsThanItMay() {
        for (int i = 0; i < 100; i++) {
            String name = "f" + i;
            cache.get(name, "$LATEST", () -> load(name));
            assertThat(cache.size()).isLessThanOrEqualTo(10);
        }
        cache.get("f99", "$LATEST", () -> load("f99"));
        assertThat(loads).hasValue(100);
    }
}
