package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FarewellsTest {
    private static final int MANY = 500;

    @Test
    void endOfTheServerWaitsForThoseItCutShort() throws Exception {
        var begun = new CountDownLatch(MANY);
        var killed = new AtomicInteger();
        try (var farewells = new Farewells(Duration.ofMillis(1))) {
            for (int i = 0; i < MANY; i++) {
                farewells.begin(
                        () -> {
                            begun.countDown();
                            awaitInterrupt();
                            killed.incrementAndGet();
                        },
                        () -> {});
            }
            begun.await();
        }
        assertThat(killed).hasValue(MANY);
    }

    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoComesAfterTheEndIsEndedAtOnce() {
        var ended = new AtomicInteger();
        var farewells = new Farewells();
        farewells.close();
        farewells.begin(() -> {}, ended::incrementAndGet);
        assertThat(ended).hasValue(1);
    }
}
