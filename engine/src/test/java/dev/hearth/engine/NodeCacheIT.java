package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.model.FunctionVersion;
import dev.hearth.runtime.Availability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compiled code of Node.js functions: made in a sandbox, used by later starts, and never instead of other code. Runs
/// with each Node.js of this machine; `hearth.test.runtimes` names more.
@Timeout(600)
class NodeCacheIT {
    /// Counts the scripts that are made of compiled code, and those of which V8 refuses it.
    private static final String SPY = """
            const vm = require('vm');
            globalThis.taken = [];
            globalThis.refused = [];
            vm.Script = class extends vm.Script {
              constructor(source, options) {
                super(source, options);
                if (options.cachedData) {
                  (this.cachedDataRejected ? refused : taken).push(options.filename);
                }
              }
            };
            """;

    private static final Map<String, String> SPYING = Map.of("NODE_OPTIONS", "--require=/var/task/spy.js");

    /// As much source as makes compiled code worth keeping.
    private static final String MUCH = IntStream.range(0, 1_500)
            .mapToObj(i -> "exports.f" + i + " = (a) => ({ sum: a + " + i + ", text: 'number " + i + "' });")
            .collect(Collectors.joining("\n", "", "\n"));

    private static final String GREETER = """
            const much = require('./much.js');
            exports.handle = async (event) => `GREETING ${event} ${much.f7(1).sum} ${taken.length} ${refused.length}`;
            """;

    @TempDir
    private static Path directory;

    private static FunctionRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = new FunctionRig(directory);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static FunctionVersion version(String runtime, Map<String, String> environment, Map<String, String> files)
            throws IOException {
        assumeTrue(rig.runtimes().availability(runtime) instanceof Availability.Installed);
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("spy.js", bytes(SPY));
        all.put("much.js", bytes(MUCH));
        all.put("runtime.txt", bytes(runtime)); // so that each has a package of its own
        files.forEach((name, content) -> all.put(name, bytes(content)));
        return rig.version(runtime, "index.handle", environment, JavaPackages.zip(all));
    }

    private static FunctionVersion greeter(String runtime, String greeting, String which) throws IOException {
        return version(runtime, SPYING, Map.of("index.js", GREETER.replace("GREETING", greeting), "which.txt", which));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodejs20.x", "nodejs22.x", "nodejs24.x"})
    void startAfterATrainingTakesTheFunctionsModulesFromCompiledCode(String runtime) throws Exception {
        FunctionVersion version = greeter(runtime, "hello", "first");
        String before = rig.run(version, "1").answer();
        rig.train(version);
        assertThat(before).isEqualTo("\"hello 1 8 0 0\"");
        assertThat(rig.run(version, "1").answer()).isEqualTo("\"hello 1 8 2 0\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodejs20.x", "nodejs22.x", "nodejs24.x"})
    void functionWithMoreMemoryTakesTheSameCode(String runtime) throws Exception {
        FunctionVersion version = greeter(runtime, "hello", "memory");
        rig.train(version);
        FunctionVersion larger = FunctionRig.withMemory(version, 1024);
        assertThat(rig.run(larger, "1").answer()).isEqualTo("\"hello 1 8 2 0\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodejs20.x", "nodejs22.x", "nodejs24.x"})
    void changedCodeOfTheSameSizeDoesWhatIsInItNow(String runtime) throws Exception {
        FunctionVersion old = greeter(runtime, "old!", "changed");
        rig.train(old);
        FunctionVersion changed = greeter(runtime, "new!", "changed");
        String untrained = rig.run(changed, "1").answer();
        rig.train(changed);
        assertThat(untrained).isEqualTo("\"new! 1 8 0 0\"");
        assertThat(rig.run(changed, "1").answer()).isEqualTo("\"new! 1 8 2 0\"");
        assertThat(rig.run(old, "1").answer()).isEqualTo("\"old! 1 8 2 0\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodejs20.x", "nodejs22.x", "nodejs24.x"})
    void codeOfAnotherSourceIsNotTaken(String runtime) throws Exception {
        FunctionVersion one = greeter(runtime, "one", "foreign");
        FunctionVersion two = greeter(runtime, "two", "foreign");
        rig.train(one);
        rig.train(two);
        replace(rig.cache("nodejs", two), Files.readAllBytes(modules(rig.cache("nodejs", one))));
        // of much.js, which both have, but not of the other's index.js
        assertThat(rig.run(two, "1").answer()).isEqualTo("\"two 1 8 1 0\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodejs20.x", "nodejs22.x", "nodejs24.x"})
    void damagedCodeIsNotTaken(String runtime) throws Exception {
        FunctionVersion version = greeter(runtime, "still", "damaged");
        rig.train(version);
        Path cache = rig.cache("nodejs", version);
        byte[] whole = Files.readAllBytes(modules(cache));
        for (UnaryOperator<byte[]> damage : List.<UnaryOperator<byte[]>>of(
                NodeCacheIT::eachFiftiethByteFlipped,
                bytes -> Arrays.copyOf(bytes, 500), // amid the first module
                bytes -> new byte[bytes.length],
                _ -> new byte[0])) {
            replace(cache, damage.apply(whole));
            assertThat(rig.run(version, "1").answer()).isEqualTo("\"still 1 8 0 0\"");
        }
    }

    /// Behind the index, which stays readable.
    private static byte[] eachFiftiethByteFlipped(byte[] whole) {
        byte[] damaged = whole.clone();
        int index = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt();
        for (int i = 12 + index; i < damaged.length; i += 50) {
            damaged[i] ^= (byte) 0xff;
        }
        return damaged;
    }

    private static Path modules(Path cache) {
        return cache.resolve("compiled/modules");
    }

    private static void replace(Path cache, byte[] content) throws IOException {
        Files.setPosixFilePermissions(modules(cache), PosixFilePermissions.fromString("rw-r--r--"));
        Files.write(modules(cache), content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodejs20.x", "nodejs22.x", "nodejs24.x"})
    void modulesSeeWhatTheySeeWithoutCompiledCode(String runtime) throws Exception {
        FunctionVersion version = version(
                runtime,
                SPYING,
                Map.of(
                        "index.js",
                        """
                        const self = this === exports && module.exports === exports;
                        const late = require('./lib/late.js'); const where = () => new Error('x').stack;
                        require('./much.js');
                        exports.handle = async (event) => ({
                          self,
                          where: where().split('\\n').slice(1, 3),
                          first: late.first(),
                          main: [require.main.filename, process.argv[1], process.mainModule === require.main],
                          resolve: [require.resolve('./much.js'), require.resolve.paths('x')[0]],
                          cache: require.cache[__filename] === module,
                          extensions: Object.keys(require.extensions),
                          parent: late.parent === __filename,
                          children: module.children.map((child) => child.filename),
                          dynamic: (await import('./lib/es.mjs')).default + (await late.dynamic()),
                          strict: late.strict,
                          arguments: arguments.length,
                          execArgv: process.execArgv,
                          names: [__filename, __dirname],
                          broken: await import('./lib/broken.js').catch((error) => error.name),
                        });
                        """,
                        "lib/late.js",
                        """
                        'use strict'; exports.first = () => new Error('y').stack.split('\\n')[1].trim();
                        exports.strict = (function () { return this === undefined; })();
                        exports.parent = module.parent.filename;
                        exports.dynamic = async () => (await import('./es.mjs')).default + 'ü€';
                        """,
                        "lib/es.mjs",
                        "export default 'es';\n",
                        "lib/broken.js",
                        "this is no JavaScript\n"));
        String before = rig.run(version, "1").answer();
        rig.train(version);
        assertThat(rig.cache("nodejs", version).resolve("compiled/modules")).exists();
        assertThat(rig.run(version, "1").answer()).isEqualTo(before);
        assertThat(before).contains("\"dynamic\":\"eses", "index.js:2:", "\"broken\":\"SyntaxError\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodejs20.x", "nodejs22.x", "nodejs24.x"})
    void moduleThatOnlyThePrimingEventLoadsIsKeptToo(String runtime) throws Exception {
        FunctionVersion version = version(
                runtime,
                SPYING,
                Map.of("index.js", """
                        require('./much.js');
                        exports.handle = async () => require('./late.js') + ` ${taken.length} ${refused.length}`;
                        """, "late.js", "module.exports = 'late';\n", "hearth-priming-event.json", "{}"));
        rig.train(version);
        assertThat(rig.run(version, "1").answer()).isEqualTo("\"late 3 0\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodejs22.x", "nodejs24.x"})
    void esModulesAreTakenFromTheCacheOfNode(String runtime) throws Exception {
        FunctionVersion version = version(
                runtime,
                Map.of("NODE_DEBUG_NATIVE", "COMPILE_CACHE"),
                Map.of(
                        "index.mjs",
                        MUCH.replace("exports.f", "export const f")
                                + "export const handle = async (event) => f7(event);\n"));
        rig.train(version);
        FunctionRig.Run run = rig.run(version, "1");
        assertThat(run.answer()).isEqualTo("{\"sum\":8,\"text\":\"number 7\"}");
        assertThat(run.log()).anyMatch(line -> line.contains("index.mjs") && line.contains("was accepted"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodejs20.x", "nodejs22.x", "nodejs24.x"})
    void functionCannotWriteToWhatOthersLoad(String runtime) throws Exception {
        FunctionVersion version = version(runtime, SPYING, Map.of("index.js", """
                        require('./much.js');
                        const fs = require('fs');
                        const tried = (act) => { try { act(); return 'done'; } catch (error) { return error.code; } };
                        exports.handle = async () => [
                          tried(() => fs.writeFileSync('/var/hearth/compiled/modules', '')),
                          tried(() => fs.writeFileSync('/var/hearth/compiled/more', '')),
                          tried(() => fs.unlinkSync('/var/hearth/compiled/modules')),
                          taken.length,
                        ];
                        """));
        rig.train(version);
        assertThat(rig.run(version, "1").answer()).isEqualTo("[\"EROFS\",\"EROFS\",\"EROFS\",2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodejs20.x", "nodejs22.x", "nodejs24.x"})
    void functionWithACacheOfItsOwnGetsNone(String runtime) throws Exception {
        FunctionVersion version = version(runtime, Map.of("NODE_COMPILE_CACHE", "/tmp/mine"), Map.of("index.js", """
                        require('./much.js');
                        exports.handle = async () => require('module').getCompileCacheDir?.() ?? '/tmp/mine';
                        """));
        rig.train(version);
        assertThat(rig.run(version, "1").answer()).startsWith("\"/tmp/mine");
        assertThat(rig.caches("nodejs"))
                .noneMatch(name -> name.startsWith(version.code().sha256()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodejs20.x", "nodejs22.x", "nodejs24.x"})
    void smallFunctionStartsWithoutAndIsNotTrainedAgain(String runtime) throws Exception {
        FunctionVersion version =
                version(runtime, Map.of(), Map.of("index.js", "exports.handle = async () => 'small';\n"));
        rig.train(version);
        int before = rig.sandboxesMade.get();
        rig.train(version);
        assertThat(rig.sandboxesMade.get()).isEqualTo(before);
        assertThat(rig.run(version, "1").answer()).isEqualTo("\"small\"");
        assertThat(rig.cache("nodejs", version).resolve("compiled")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodejs20.x", "nodejs22.x", "nodejs24.x"})
    void functionThatIsNotInitialisedLeavesNothing(String runtime) throws Exception {
        FunctionVersion version =
                version(runtime, Map.of(), Map.of("index.js", "require('./much.js'); throw new Error('no');\n"));
        rig.train(version);
        assertThat(rig.caches("nodejs"))
                .noneMatch(name -> name.startsWith(version.code().sha256()) || name.startsWith(".new"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
