package dev.hearth.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetTest {
    @Test
    void serversShareItOutInSixteenEqualParts() {
        Subnet last = Subnet.parse("100.127.0.0/16").sixteenth(15);

        assertThat(last).hasToString("100.127.240.0/20");
        assertThat(last.gateway()).hasToString("100.127.240.1");
        assertThat(last.address(0)).hasToString("100.127.240.2");
        assertThat(last.address(last.addresses() - 1)).hasToString("100.127.255.254");
        assertThat(last.mask()).hasToString("255.255.240.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100.127.0.0", "100.127.0.1/16", "100.127.0/16", "100.127.0.256/24", "10.0.0.0/30"})
    void whatIsNoSubnetIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Subnet.parse(text));
    }
}
