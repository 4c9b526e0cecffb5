package dev.hearth.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResolversTest {
    @Test
    void resolversThatASandboxCannotReachAreLeftOut() {
        Resolvers resolvers = Resolvers.parse(List.of(
                "# comment", "nameserver 127.0.0.53", "nameserver ::1", "nameserver 192.0.2.53", "search example.org"));

        assertThat(resolvers.resolvConf()).isEqualTo("search example.org\nnameserver 192.0.2.53\n");
    }

    @Test
    void nothingIsLeftOfAResolverAtLoopback() {
        assertThat(Resolvers.parse(List.of("nameserver 127.0.0.53")).addresses())
                .isEmpty();
    }
}
