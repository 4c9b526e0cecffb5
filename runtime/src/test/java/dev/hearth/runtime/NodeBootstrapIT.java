package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.FunctionSettings;
import dev.hearth.model.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each test runs with every Node.js found on this machine that AWS has a runtime for; `hearth.test.runtimes` may
/// name more places, separated by colons.
@Timeout(300)
final class NodeBootstrapIT {
    private static final String ID = "0b7a1d9e-0000-4000-8000-000000000001";

    @TempDir
    static Path bootstraps;

    @TempDir
    Path task;

    @BeforeAll
    static void install() {
        Bootstraps.install(bootstraps, Path.of("none"));
    }

    static Stream<Installation> nodes() {
        String more = System.getProperty("hearth.test.runtimes", "");
        List<Path> places = more.isEmpty()
                ? List.of()
                : Stream.of(more.split(":")).map(Path::of).toList();
        Finder finder = new Finder(
                places, new Versions(Optional.empty()), Path.of(System.getProperty("user.home")), System.getenv());
        List<Installation> found = finder.nodes().stream()
                .filter(node -> RuntimeId.all().stream()
                        .anyMatch(id -> id.family() == RuntimeId.Family.NODE && node.isRelease(id.version())))
                .toList();
        assertThat(found).as("this machine has no Node.js").isNotEmpty();
        return found.stream();
    }

    private FunctionRun run(Installation node, String file, String code) throws IOException {
        return run(node, file, code, "index.handler", Map.of());
    }

    private FunctionRun run(
            Installation node, String file, String code, String handler, Map<String, String> environment)
            throws IOException {
        Path target = task.resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, code);
        List<String> command = List.of(
                node.program().toString(), bootstraps.resolve("nodejs/index.js").toString());
        return new FunctionRun(command, task, handler, environment);
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void runsEveryStyleOfHandler(Installation node) throws Exception {
        List<String> handlers = List.of(
                "exports.handler = async (event) => ({ got: event });",
                "exports.handler = (event) => Promise.resolve({ got: event });",
                "exports.handler = (event, context, callback) => callback(null, { got: event });",
                "exports.handler = (event, context, callback) =>"
                        + " setTimeout(() => callback(null, { got: event }), 1);",
                "exports.handler = (event, context) => context.succeed({ got: event });",
                "exports.handler = (event, context) => context.done(null, { got: event });",
                "exports.handler = (event, context, callback) => { context.callbackWaitsForEmptyEventLoop = false;"
                        + " setInterval(() => {}, 1000); callback(null, { got: event }); };");
        for (String handler : handlers) {
            try (FunctionRun run = run(node, "index.js", handler)) {
                assertThat(run.result("{\"a\":[1,\"ü\"]}")).as(handler).isEqualTo("{\"got\":{\"a\":[1,\"ü\"]}}");
                assertThat(run.result("2")).as(handler).isEqualTo("{\"got\":2}");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void undefinedAndSynchronousResultsAreNull(Installation node) throws Exception {
        for (String handler : List.of("async () => undefined", "() => 'ignored, as on AWS'", "() => {}")) {
            try (FunctionRun run = run(node, "index.js", "exports.handler = " + handler)) {
                assertThat(run.result("{}")).as(handler).isEqualTo("null");
                assertThat(run.result("{}")).as(handler).isEqualTo("null");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void callbackWaitsForWhatIsStillRunning(Installation node) throws Exception {
        String code = """
                exports.handler = (event, context, callback) => {
                  const result = { late: false };
                  setTimeout(() => { result.late = true; }, 20);
                  callback(null, result);
                };
                """;
        try (FunctionRun run = run(node, "index.js", code)) {
            assertThat(run.result("{}")).isEqualTo("{\"late\":true}");
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void loadsModulesOfEveryKind(Installation node) throws Exception {
        try (FunctionRun run = run(node, "index.mjs", "export const handler = async () => import.meta.url;")) {
            assertThat(run.result("{}")).isEqualTo("\"file://" + task + "/index.mjs\"");
        }
        Files.delete(task.resolve("index.mjs"));
        try (FunctionRun run = run(node, "index.cjs", "exports.handler = async () => typeof require;")) {
            assertThat(run.result("{}")).isEqualTo("\"function\"");
        }
        Files.delete(task.resolve("index.cjs"));
        Files.writeString(task.resolve("package.json"), "{\"type\":\"module\"}");
        String topLevelAwait = "const x = await Promise.resolve(7); export const handler = async () => x;";
        try (FunctionRun run = run(node, "index.js", topLevelAwait)) {
            assertThat(run.result("{}")).isEqualTo("7");
        }
        Files.delete(task.resolve("package.json"));
        String nested = "exports.a = { b: { run: async () => 'nested' } };";
        try (FunctionRun run = run(node, "src/deep/mod.js", nested, "src/deep/mod.a.b.run", Map.of())) {
            assertThat(run.result("{}")).isEqualTo("\"nested\"");
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void givesTheWholeContext(Installation node) throws Exception {
        String code = """
                exports.handler = async (event, c) => [c.functionName, c.functionVersion, c.invokedFunctionArn,
                  c.memoryLimitInMB, c.awsRequestId, c.logGroupName, c.logStreamName, c.identity, c.clientContext,
                  c.callbackWaitsForEmptyEventLoop, c.getRemainingTimeInMillis() > 0 &&
                  c.getRemainingTimeInMillis() <= 60000, process.env._X_AMZN_TRACE_ID];
                """;
        try (FunctionRun run = run(node, "index.js", code)) {
            assertThat(run.result("{}"))
                    .isEqualTo(
                            "[\"fn\",\"$LATEST\",\"arn:aws:lambda:us-east-1:000000000000:function:fn\",\"128\",\"" + ID
                                    + "\",\"/aws/lambda/fn\",\"stream\",{\"cognitoIdentityId\":\"ci\","
                                    + "\"cognitoIdentityPoolId\":\"cp\"},{\"custom\":{\"k\":\"grün\"},\"env\":{\"e\":1},"
                                    + "\"client\":{\"app_title\":\"t\"}},true,true,"
                                    + "\"Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0\"]");
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void tellsErrorsInAwsForm(Installation node) throws Exception {
        String code = """
                class Mine extends Error { constructor(m) { super(m); this.name = 'Mine'; } }
                exports.handler = (event, context, callback) => {
                  if (event === 'throw') throw new Mine('thrown');
                  if (event === 'text') return callback('just text');
                  if (event === 'fail') return context.fail();
                  if (event === 'circle') { const c = {}; c.c = c; return Promise.resolve(c); }
                  return Promise.reject(new Mine('rejected'));
                };
                """;
        try (FunctionRun run = run(node, "index.js", code)) {
            assertThat(run.error("\"throw\""))
                    .startsWith(
                            "{\"errorType\":\"Mine\",\"errorMessage\":\"thrown\",\"trace\":[\"Mine: thrown\",\"    at"
                                    + " exports.handler (" + task + "/index.js:3:");
            assertThat(run.error("\"reject\"")).startsWith("{\"errorType\":\"Mine\",\"errorMessage\":\"rejected\"");
            assertThat(run.error("\"text\""))
                    .isEqualTo("{\"errorType\":\"string\",\"errorMessage\":\"just text\",\"trace\":[]}");
            assertThat(run.error("\"fail\""))
                    .isEqualTo("{\"errorType\":\"string\",\"errorMessage\":\"handled\",\"trace\":[]}");
            assertThat(run.error("\"circle\""))
                    .startsWith("{\"errorType\":\"Error\",\"errorMessage\":\"Unable to stringify response body\"");
            assertThat(run.log())
                    .contains("\tERROR\tInvoke Error \t{\"errorType\":\"Mine\",\"errorMessage\":\"thrown\"");
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void tellsWhatNobodyCaughtAndExits(Installation node) throws Exception {
        String thrown = "exports.handler = (event, context, callback) => { setTimeout(() => { throw new"
                + " TypeError('later'); }, 1); };";
        try (FunctionRun run = run(node, "index.js", thrown)) {
            assertThat(run.error("{}")).startsWith("{\"errorType\":\"TypeError\",\"errorMessage\":\"later\"");
            assertThat(run.exitCode()).isEqualTo(129);
            assertThat(run.log()).contains("\tERROR\tUncaught Exception \t{\"errorType\":\"TypeError\"");
        }
        String rejected =
                "exports.handler = async () => { Promise.reject(new Error('lost')); await new Promise(() => {}); };";
        try (FunctionRun run = run(node, "index.js", rejected)) {
            assertThat(run.error("{}"))
                    .startsWith(
                            "{\"errorType\":\"Runtime.UnhandledPromiseRejection\",\"errorMessage\":\"Error: lost\"");
            assertThat(run.exitCode()).isEqualTo(128);
        }
        try (FunctionRun run = run(node, "index.js", "exports.handler = async () => process.exit(4);")) {
            assertThat(run.initialised()).isEqualTo(new Initialised.Ready());
            CompletableFuture<Answer> answer = run.served.invoke(FunctionRun.event(ID, "{}"), 60_000);
            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(answer).isNotDone();
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void tellsWhyAHandlerCannotBeLoaded(Installation node) throws Exception {
        try (FunctionRun run = run(node, "index.js", "exports.other = 1;")) {
            assertThat(run.initError())
                    .startsWith(
                            "{\"errorType\":\"Runtime.HandlerNotFound\",\"errorMessage\":\"index.handler is undefined"
                                    + " or not exported\",\"trace\":[\"Runtime.HandlerNotFound: index.handler is undefined or"
                                    + " not exported\"");
            assertThat(run.exitCode()).isEqualTo(129);
        }
        try (FunctionRun run = run(node, "index.js", "exports.handler = 1;")) {
            assertThat(run.initError()).contains("index.handler is not a function");
        }
        try (FunctionRun run = run(node, "index.js", "exports.handler = (;")) {
            assertThat(run.initError())
                    .contains("\"Runtime.UserCodeSyntaxError\",\"errorMessage\":\"SyntaxError: Unexpected token ';'\"");
        }
        try (FunctionRun run = run(node, "index.js", "require('left-pad-not-there');")) {
            assertThat(run.initError())
                    .contains("\"Runtime.ImportModuleError\",\"errorMessage\":\"Error: Cannot find module"
                            + " 'left-pad-not-there'\\nRequire stack:\\n- " + task + "/index.js\\n- " + bootstraps
                            + "/nodejs/index.mjs\"");
        }
        try (FunctionRun run = run(node, "index.js", "", "nothere.handler", Map.of())) {
            assertThat(run.initError())
                    .contains("\"errorMessage\":\"Error: Cannot find module 'nothere'\\nRequire stack:\\n- "
                            + bootstraps + "/nodejs/index.mjs\"");
        }
        try (FunctionRun run = run(node, "index.js", "throw new RangeError('at load');")) {
            assertThat(run.initError()).startsWith("{\"errorType\":\"RangeError\",\"errorMessage\":\"at load\"");
        }
        try (FunctionRun run = run(node, "index.js", "", "nodot", Map.of())) {
            assertThat(run.initError())
                    .startsWith("{\"errorType\":\"Runtime.MalformedHandlerName\",\"errorMessage\":\"Bad handler\"");
        }
        String never = "await new Promise(() => {}); export const handler = 1;";
        try (FunctionRun run = run(node, "never.mjs", never, "never.handler", Map.of())) {
            assertThat(run.exitCode()).isEqualTo(13);
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void writesLogLinesAsAws(Installation node) throws Exception {
        String code = """
                exports.handler = async () => {
                  console.log('a %d', 1, { b: 2 });
                  console.warn('two\\nlines');
                };
                """;
        try (FunctionRun run = run(node, "index.js", code)) {
            assertThat(run.result("{}")).isEqualTo("null");
            assertThat(run.log().split("\n"))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\t" + ID
                                            + "\tINFO\ta 1 \\{ b: 2 }"),
                            line -> assertThat(line).endsWith("\tWARN\ttwo\rlines"));
        }
        Map<String, String> json = Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON", "AWS_LAMBDA_LOG_LEVEL", "WARN");
        String levels = "exports.handler = async () => { console.info('no'); console.error({ k: 1 }); };";
        try (FunctionRun run = run(node, "index.js", levels, "index.handler", json)) {
            assertThat(run.result("{}")).isEqualTo("null");
            assertThat(run.log())
                    .matches("\\{\"timestamp\":\"[^\"]+\",\"level\":\"ERROR\",\"requestId\":\"" + ID
                            + "\",\"message\":\\{\"k\":1}}\n");
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void sendsStreamsWholeToWhoWantsThemWhole(Installation node) throws Exception {
        String code = """
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  if (event === 'http') {
                    stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201 });
                  }
                  if (event === 'fail') throw new Error('midway');
                  stream.write('one');
                  await new Promise((resolve) => setTimeout(resolve, 5));
                  stream.write({ two: 2 });
                  stream.end();
                });
                """;
        try (FunctionRun run = run(node, "index.js", code)) {
            assertThat(run.result("{}")).isEqualTo("one{\"two\":2}");
            assertThat(run.result("\"http\"")).isEqualTo("{\"statusCode\":201}" + "\0".repeat(8) + "one{\"two\":2}");
            assertThat(run.error("\"fail\"")).startsWith("{\"errorType\":\"Error\",\"errorMessage\":\"midway\"");
            assertThat(run.result("{}")).isEqualTo("one{\"two\":2}");
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void streamsWhatIsWrittenWhenItIsWritten(Installation node) throws Exception {
        String code = """
                const fs = require('fs');
                exports.handler = awslambda.streamifyResponse(async (file, stream, context) => {
                  stream.setContentType('text/plain');
                  stream.write('one');
                  while (!fs.existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 5));
                  stream.write('');
                  stream.end(context.awsRequestId);
                });
                """;
        Path gate = task.resolve("gate");
        try (FunctionRun run = run(node, "index.js", code)) {
            for (int i = 0; i < 2; i++) {
                Collected sink = new Collected();
                CompletableFuture<Answer> answer = run.stream("\"" + gate + "\"", sink);
                sink.awaitText("one");
                assertThat(sink.contentType()).isEqualTo("text/plain");
                assertThat(answer).isNotDone();
                Files.createFile(gate);
                assertThat(answer.get()).as(run.log()).isEqualTo(new Answer.Response(Payload.EMPTY));
                assertThat(sink.text()).isEqualTo("one" + ID);
                Files.delete(gate);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void errorsInStreamsAreToldWhereverTheyHappen(Installation node) throws Exception {
        String code = """
                const { Readable, pipeline } = require('stream');
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  if (event === 'early') throw new Error('early');
                  if (event === 'unfinished') { stream.write('one'); return; }
                  if (event === 'pipeline') {
                    await require('util').promisify(pipeline)(Readable.from((function* () {
                      yield 'one';
                      throw new TypeError('late');
                    })()), stream);
                  }
                  stream.write('one');
                  if (event === 'uncaught') {
                    setImmediate(() => { throw new RangeError('late'); });
                    await new Promise(() => {});
                  }
                  if (event === 'ended') stream.end();
                  throw new TypeError('late');
                });
                """;
        try (FunctionRun run = run(node, "index.js", code)) {
            assertThat(failure(run, "early", ""))
                    .startsWith("Error {\"errorType\":\"Error\",\"errorMessage\":\"early\"");
            assertThat(failure(run, "late", "one"))
                    .startsWith("TypeError {\"errorType\":\"TypeError\",\"errorMessage\":\"late\"");
            assertThat(failure(run, "pipeline", "one")).startsWith("TypeError ");
            assertThat(failure(run, "ended", "one")).startsWith("TypeError ");
            assertThat(failure(run, "unfinished", "one"))
                    .contains("\"errorMessage\":\"Response stream is not finished.\"");
            assertThat(failure(run, "uncaught", "one")).startsWith("RangeError ");
            assertThat(run.exitCode()).isEqualTo(129);
        }
    }

    private static String failure(FunctionRun run, String event, String written) throws Exception {
        Collected sink = new Collected();
        Answer answer = run.stream("\"" + event + "\"", sink).get();
        assertThat(sink.text()).isEqualTo(written);
        return answer instanceof Answer.Error(String type, Payload document)
                ? type + " " + FunctionRun.text(document)
                : answer + "; log: " + run.log();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void lastWordsComeBehindWhatStillWaitsToBeSent(Installation node) throws Exception {
        String code = """
                const fs = require('fs');
                const { prototype } = require('net').Socket;
                const { write } = prototype;
                let socket;
                prototype.write = function (...all) {
                  if (this.remotePort) socket = this;
                  return write.apply(this, all);
                };
                exports.handler = awslambda.streamifyResponse(async (gate, stream) => {
                  stream.write(Buffer.alloc(32 * 1024 * 1024, 'x'));
                  fs.writeFileSync(`${gate}.waits`, `${socket._handle.writeQueueSize}`);
                  fs.renameSync(`${gate}.waits`, `${gate}.told`);
                  while (!fs.existsSync(gate)); // the system would take more then, but nothing sends it
                  setImmediate(() => { throw new RangeError('late'); });
                  await new Promise(() => {});
                });
                """;
        Path gate = task.resolve("gate");
        try (FunctionRun run = run(node, "index.js", code)) {
            Collected sink = new Collected();
            CompletableFuture<Answer> answer = run.stream("\"" + gate + "\"", sink);
            long waiting = Long.parseLong(Files.readString(awaitFile(task.resolve("gate.told"))));
            assertThat(waiting).isPositive();
            sink.awaitBytes(32 * 1024 * 1024 - waiting - 1024); // but for the head
            Files.createFile(gate);
            assertThat(answer.get())
                    .as(run.log())
                    .isInstanceOfSatisfying(
                            Answer.Error.class,
                            error -> assertThat(error.errorType()).isEqualTo("RangeError"));
            assertThat(sink.writtenBytes()).isEqualTo(32 * 1024 * 1024);
            assertThat(run.exitCode()).isEqualTo(129);
        }
    }

    private static Path awaitFile(Path file) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!Files.exists(file)) {
            assertThat(System.nanoTime()).as("the deadline for " + file).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
        return file;
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void streamThatEndsWhenNothingElseIsLeftToDoEndsOnce(Installation node) throws Exception {
        String code = """
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  await new Promise((resolve) => process.once('beforeExit', resolve));
                  stream.end('at last');
                });
                """;
        try (FunctionRun run = run(node, "index.js", code)) {
            for (int i = 0; i < 2; i++) {
                Collected sink = new Collected();
                assertThat(run.stream("1", sink).get()).as(run.log()).isEqualTo(new Answer.Response(Payload.EMPTY));
                assertThat(sink.text()).isEqualTo("at last");
            }
            assertThat(run.log()).doesNotContain("not finished");
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void streamIsNoFasterThanItsCaller(Installation node) throws Exception {
        String code = """
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  let waits = 0;
                  for (let i = 0; i < 512; i++) {
                    if (!stream.write(Buffer.alloc(65536, 'x'))) {
                      waits++;
                      await new Promise((resolve) => stream.once('drain', resolve));
                    }
                  }
                  stream.end(waits > 0 ? 'waited' : 'all at once');
                });
                """;
        try (FunctionRun run = run(node, "index.js", code)) {
            Collected sink = new Collected(1);
            CompletableFuture<Answer> answer = run.stream("1", sink);
            sink.awaitBegin();
            sink.takeAll();
            assertThat(answer.get()).isEqualTo(new Answer.Response(Payload.EMPTY));
            assertThat(sink.writtenBytes()).isEqualTo(512 * 65536 + "waited".length());
            assertThat(sink.text()).endsWith("xwaited");
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void passesLargeEventsAndAnswers(Installation node) throws Exception {
        try (FunctionRun run = run(node, "index.js", "exports.handler = async (event) => event;")) {
            String large = "\"" + "0123456789".repeat(600_000) + "\"";
            assertThat(run.result(large)).isEqualTo(large);
            assertThat(run.result("1")).isEqualTo("1");
        }
    }

    /// With the command line of a function with 512 MB, whose code starts a thread while it is loaded.
    @ParameterizedTest
    @MethodSource("nodes")
    void heapsAndCollectorAreThoseOfTheOptionsAlthoughCodeIsLoadedWithout(Installation node) throws Exception {
        Files.writeString(task.resolve("index.js"), """
                const v8 = require('v8');
                const vm = require('vm');
                const { Worker } = require('worker_threads');
                const asked = `require('worker_threads').parentPort.postMessage(
                  require('v8').getHeapStatistics().heap_size_limit >> 20)`;
                const limit = (worker) => new Promise((resolve) => worker.once('message', resolve));
                const early = limit(new Worker(asked, { eval: true }));
                exports.handler = async () => [
                  v8.getHeapStatistics().heap_size_limit >> 20,
                  await early,
                  await limit(new Worker(asked, { eval: true })),
                  typeof gc,
                  gc() === undefined,
                  vm.runInNewContext('typeof gc'),
                  process.execArgv.includes('--expose-gc'),
                ];
                """);
        FunctionSettings settings =
                Versioned.of("nodejs", "index.handler", Map.of()).settings();
        List<String> command = new ArrayList<>(List.of(node.program().toString()));
        command.addAll(NodeFunctions.arguments(settings, node, "index.js"));
        command.set(command.size() - 1, bootstraps.resolve("nodejs/index.js").toString());
        try (FunctionRun run = new FunctionRun(command, task, "index.handler", Map.of())) {
            String answer = run.result("{}");
            String limit = answer.substring(1, answer.indexOf(','));
            assertThat(Integer.parseInt(limit)).isBetween(460, 600);
            assertThat(answer).isEqualTo("[%1$s,%1$s,%1$s,\"function\",true,\"function\",true]".formatted(limit));
        }
    }
}
