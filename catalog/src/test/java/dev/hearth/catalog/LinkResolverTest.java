package dev.hearth.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkResolverTest {
    private static boolean staysInside(String path, Map<String, String> links) {
        return new LinkResolver(links).staysInside(path);
    }

    @Test
    void targetsWithinTheTreeAreInside() {
        assertThat(staysInside("a", Map.of("a", "b"))).isTrue();
        assertThat(staysInside("d/a", Map.of("d/a", "../b/./c"))).isTrue();
        assertThat(staysInside("lib/x.so", Map.of("lib/x.so", "x.so.1", "lib/x.so.1", "x.so.1.2")))
                .isTrue();
        assertThat(staysInside("a", Map.of("a", "."))).isTrue();
    }

    @Test
    void targetsAboveTheRootAreOutside() {
        assertThat(staysInside("a", Map.of("a", ".."))).isFalse();
        assertThat(staysInside("a", Map.of("a", "b/../../c"))).isFalse();
        assertThat(staysInside("d/a", Map.of("d/a", "../../x"))).isFalse();
        assertThat(staysInside("a", Map.of("a", "/etc/passwd"))).isFalse();
    }

    @Test
    void dotsAfterALinkCountFromWhereItLeads() {
        // by its letters d/here/../x is d/x; in truth here is the root, and .. above it
        assertThat(staysInside("a", Map.of("a", "here/../x", "here", "."))).isFalse();
        assertThat(staysInside("d/a", Map.of("d/a", "deep/../..", "d/deep", "../e/f/g")))
                .isTrue();
        assertThat(staysInside("d/a", Map.of("d/a", "up/..", "d/up", ".."))).isFalse();
    }

    @Test
    void circlesAreNotInside() {
        assertThat(staysInside("a", Map.of("a", "b", "b", "a"))).isFalse();
        assertThat(staysInside("a", Map.of("a", "a"))).isFalse();
        assertThat(staysInside("a", Map.of("a", "a/a/a"))).isFalse();
    }
}
