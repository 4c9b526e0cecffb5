package dev.hearth.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupNameTest {
    @Test
    void usualNamesStayReadable() {
        assertThat(GroupName.directory("/aws/lambda/resize-image_2")).isEqualTo("=aws=lambda=resize-image_2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"..", ".", "../../etc", "/", "//", "a/../b", "ü/日本", "a\0b", "a~b", "%2e", "x#y", "a=b", "", " "
            })
    void everyNameIsOneDirectoryBelowTheStore(String name) {
        Path store = Path.of("/store");
        Path place = store.resolve(GroupName.directory(name)).normalize();
        assertThat(place.getParent()).isEqualTo(store);
        if (!name.isEmpty()) {
            assertThat(GroupName.group(GroupName.directory(name))).contains(name);
        }
    }

    @Test
    void longNamesThatBeginAlikeStayApart() {
        var places = new HashSet<String>();
        for (int i = 0; i < 10; i++) {
            String place = GroupName.directory("/aws/lambda/" + "x".repeat(490) + i);
            assertThat(place.length()).isLessThan(255);
            places.add(place);
        }
        assertThat(places).hasSize(10);
    }

    @Test
    void foreignDirectoriesAreNotNames() {
        assertThat(GroupName.group("%zz")).isEmpty();
    }
}
