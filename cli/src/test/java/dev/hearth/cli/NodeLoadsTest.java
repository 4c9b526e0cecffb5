package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What Node.js 20 wrote of a function that requires the packages left, which requires right and http, and `helper.js`,
/// which requires right too; its handler requires `lazy.js`.
class NodeLoadsTest {
    private static final String INDEX = """
            const left = require('left');
            const crypto = require('crypto');
            const helper = require('./helper');
            exports.handler = async () => ({ ok: left.x + helper.y + require('./lazy').v });
            """;
    private static List<DependencyCost> costs = List.of();

    @BeforeAll
    static void read() throws IOException {
        byte[] zip = Recorded.zip(
                "index.js", INDEX,
                "helper.js", "const right = require('right'); exports.y = right.z;\n",
                "lazy.js", "exports.v = require('zlib') ? 1 : 0;\n",
                "node_modules/left/package.json", "{\"name\":\"left\",\"version\":\"1.2.3\"}",
                "node_modules/right/package.json", "{\"name\":\"right\",\"version\":\"0.1.0\"}");
        costs = Attribution.of(NodeLoads.parse(Recorded.lines("node-20.log")), new NodeOwners(PackageFiles.of(zip)));
    }

    @Test
    void filesCountToTheirPackage() {
        DependencyCost left = Recorded.named(costs, "left 1.2.3");

        assertThat(left.modules()).isEqualTo(2);
        assertThat(left.selfNanos()).isEqualTo(15_389_367 + 173_117);
        assertThat(left.totalNanos()).isEqualTo(left.selfNanos() + 7_539_679 + 8_097_678);
        assertThat(left.places()).containsExactly("index.js:1");
    }

    @Test
    void removingOneLeavesWhatAnotherRequires() {
        assertThat(Recorded.named(costs, "left 1.2.3").savedNanos())
                .as("http comes along, right does not")
                .isEqualTo(15_389_367 + 173_117 + 8_097_678);
        DependencyCost right = Recorded.named(costs, "right 0.1.0");
        assertThat(right.savedNanos()).isEqualTo(7_539_679);
        assertThat(right.places()).containsExactly("helper.js:1");
        assertThat(right.others()).containsExactly("left 1.2.3");
    }

    @Test
    void modulesOfNodeItselfAreNamedSo() {
        assertThat(Recorded.named(costs, "node:crypto").places()).containsExactly("index.js:2");
        assertThat(Recorded.named(costs, "node:http").others()).containsExactly("left 1.2.3");
        assertThat(Recorded.named(costs, "node:zlib").firstCall()).isTrue();
    }

    @Test
    void whatTheBootstrapLoadedIsLeftOut() {
        assertThat(costs)
                .extracting(cost -> cost.owner().name())
                .containsExactlyInAnyOrder(
                        "your code", "left 1.2.3", "right 0.1.0", "node:http", "node:crypto", "node:zlib");
    }

    @Test
    void linesOfTheFunctionThatLookLikeOursDoNoHarm() {
        LoadTrace trace = NodeLoads.parse(
                List.of("hearth-load: nonsense", "hearth-enter: [1]", "hearth-again: {", "hearth-load: [\"x\",5]"));

        assertThat(trace.loads()).hasSize(1);
    }
}
