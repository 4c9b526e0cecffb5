package dev.hearth.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdPoolTest {
    @Test
    void numberRestsBeforeItIsUsedAgain() {
        IdPool pool = new IdPool(3);
        assertThat(pool.take()).hasValue(0);
        pool.giveBack(0);

        assertThat(pool.take()).hasValue(1);
        assertThat(pool.take()).hasValue(2);
        assertThat(pool.take()).hasValue(0);
        assertThat(pool.take()).isEmpty();
    }
}
