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
    void esModulesStandBelowThoseThatImportThemThoughEvaluatedBefore() throws IOException {
        byte[] zip = Recorded.zip(
                "index.mjs",
                "import { pure } from 'pure';\nimport right from 'right';\nimport { helper } from './helper.mjs';\n",
                "helper.mjs",
                "import { pure } from 'pure';\n",
                "node_modules/pure/package.json",
                "{\"version\":\"2.0.0\"}");
        for (String node : List.of("node-20-esm.log", "node-24-esm.log")) {
            List<DependencyCost> all =
                    Attribution.of(NodeLoads.parse(Recorded.lines(node)), new NodeOwners(PackageFiles.of(zip)));

            DependencyCost pure = Recorded.named(all, "pure 2.0.0");
            assertThat(pure.modules()).as(node).isEqualTo(2);
            assertThat(pure.selfNanos()).as(node).isGreaterThan(15_000_000);
            assertThat(pure.places()).as(node).containsExactly("index.mjs:1", "helper.mjs:1");
            assertThat(Recorded.named(all, "right").places()).as(node).containsExactly("index.mjs:2");
            DependencyCost own = Recorded.named(all, "your code");
            assertThat(own.modules()).as(node).isEqualTo(3);
            assertThat(own.totalNanos()).as(node).isGreaterThan(pure.selfNanos());
        }
    }

    @Test
    void modulesThatImportEachOtherAreAllThere() {
        LoadTrace trace = NodeLoads.parse(List.of(
                "hearth-again: [\"/a\",\"/b\"]",
                "hearth-again: [\"/b\",\"/a\"]",
                "hearth-enter: [\"/a\",\"/b\"]",
                "hearth-load: [\"/b\",1]",
                "hearth-enter: [\"/b\",\"/a\"]",
                "hearth-load: [\"/a\",2]"));

        assertThat(trace.loads()).extracting(load -> load.name()).containsExactlyInAnyOrder("/a", "/b");
    }

    @Test
    void linesOfTheFunctionThatLookLikeOursDoNoHarm() {
        LoadTrace trace = NodeLoads.parse(
                List.of("hearth-load: nonsense", "hearth-enter: [1]", "hearth-again: {", "hearth-load: [\"x\",5]"));

        assertThat(trace.loads()).hasSize(1);
    }
}
