package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.State;

/// What callers see of starts, with real functions in real sandboxes: nothing; and what becomes of that when things
/// break.
class StartsIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String ECHO = "def handler(event, context): return event\n";

    /// So that every process and every start is a standby's or a caller's.
    private static final String WITHOUT_STEMS = "engine: {stems: {perKind: 0}}";

    private final Path data = HearthServer.newData();
    private final HttpClient http = HttpClient.newHttpClient();
    private HearthServer server = HearthServer.start(data, WITHOUT_STEMS);
    private Lambda lambda = Lambda.at(server.endpoint());

    @AfterEach
    void end() {
        http.close();
        lambda.close();
        server.close();
        HearthServer.delete(data);
    }

    @Test
    void firstCallFindsAStandbyInEachRuntime() {
        List<String> functions = List.of(
                python(ECHO),
                lambda.deploy(
                        Toolchain.nodeRuntime(),
                        "index.handler",
                        Code.of("index.js", "exports.handler = async e => e\n")),
                lambda.deploy("provided.al2023", "none", Code.bootstrap(Toolchain.go())));
        for (String function : functions) {
            assertThat(origin(function)).as(function).isEqualTo("thaw");
        }
    }

    @Test
    void callersDoNotNoticeAnUpdate() throws Exception {
        String function = python("def handler(event, context): return 1\n");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<String>> seen = threads.submit(() -> callUntilAnswered(function, "2"));
            lambda.sdk()
                    .updateFunctionCode(r -> r.functionName(function)
                            .zipFile(SdkBytes.fromByteArray(Code.of("app.py", "def handler(event, context): return 2\n")
                                    .zip())));
            assertThat(seen.get()).doesNotContain("boot");
        }
    }

    @Test
    void standbyThatIsKilledIsMadeUpFor() {
        String function = python(ECHO);
        List<ProcessHandle> standby = functionsProcesses();
        assertThat(standby).isNotEmpty();
        standby.forEach(ProcessHandle::destroyForcibly);
        Deadline.await(
                "another standby",
                LIMIT,
                () -> metric("hearth_instances{state=\"frozen\"}") == 1
                        && metric("hearth_starts_total{function=\"" + function + "\",origin=\"boot\"}") == 2);
        assertThat(origin(function)).isEqualTo("thaw");
    }

    @Test
    void initThatHangsEndsInTimeAndIsToldToTheCaller() {
        restart("limits: {initSeconds: 1}");
        String function = lambda.create(
                Toolchain.pythonRuntime(),
                "app.handler",
                Code.of("app.py", "import time\nwhile True: time.sleep(1)\n"),
                settings -> {});
        lambda.awaitState(function, State.ACTIVE);
        assertThat(lambda.call(function, "{}").errorType()).isEqualTo("Sandbox.Timedout");
        arrange(function); // where the machine starts one in that time; then a stem's ends in the same words
        assertThat(lambda.call(function, "{}").errorType()).isEqualTo("Sandbox.Timedout");
    }

    @Test
    void initThatForksIsFrozenAsAWhole() {
        String function = python("""
                import os, time
                if os.fork() == 0:
                    while True: time.sleep(0.01)
                def handler(event, context): return 1
                """);
        assertThat(origin(function)).isEqualTo("thaw");
        lambda.delete(function);
        Deadline.await("no process is left", LIMIT, () -> functionsProcesses().isEmpty());
    }

    @Test
    void burstIsServedByForksOfOneProcessWhereTheFunctionAllowsThat() throws Exception {
        String function = forking("""
                import time, uuid
                born = uuid.uuid4().hex
                def handler(event, context):
                    time.sleep(2)
                    return born + ' ' + uuid.uuid4().hex
                """);
        Set<String> parents = new HashSet<>();
        Set<String> own = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> calls = IntStream.range(0, 5)
                    .mapToObj(_ -> threads.submit(() -> post(function)))
                    .toList();
            for (Future<HttpResponse<String>> call : calls) {
                String[] said = call.get().body().split(" ");
                parents.add(said[0]);
                own.add(said[1]);
            }
        }
        assertThat(parents).as("initialised once").hasSize(1);
        assertThat(own).as("random numbers of their own").hasSize(5);
        // Counted when a child is ready, which may be after it has answered.
        Deadline.await("a fork is counted", LIMIT, () -> starts(function, "fork") > 0);
    }

    @Test
    void functionThatCannotBeForkedIsBooted() {
        String function = forking("""
                import threading, time
                threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
                def handler(event, context): return 1
                """);
        assertThat(origin(function)).isEqualTo("thaw");
        assertThat(starts(function, "fork")).isZero();
    }

    private String forking(String source) {
        return lambda.deploy(
                Toolchain.pythonRuntime(),
                "app.handler",
                Code.of("app.py", source),
                settings -> settings.tags(Map.of("hearth:fork", "on")));
    }

    @Test
    void twoFunctionsInTurnUnderRoomForOneAreAllAnswered() {
        restart("engine: {maxInstances: 1, stems: {perKind: 0}}");
        String a = python(ECHO);
        String b = python(ECHO);
        for (int i = 0; i < 4; i++) {
            origin(a);
            origin(b);
        }
        // One for each call that finds the other's instance, and the standbys of the deployments: no more.
        assertThat(starts(a) + starts(b)).isLessThanOrEqualTo(10);
    }

    @Test
    void standbysAreBackAfterARestart() {
        String function = python(ECHO);
        restart(WITHOUT_STEMS);
        Deadline.await("a standby", LIMIT, () -> metric("hearth_instances{state=\"frozen\"}") == 1);
        assertThat(origin(function)).isEqualTo("thaw");
    }

    @Test
    void lazyFunctionWaitsForItsFirstCall() {
        String function = lambda.deploy(
                Toolchain.pythonRuntime(),
                "app.handler",
                Code.of("app.py", ECHO),
                settings -> settings.tags(Map.of("hearth:init", "lazy")));
        assertThat(functionsProcesses()).isEmpty();
        assertThat(origin(function)).isEqualTo("boot");
    }

    @Test
    void lazyFunctionsFirstCallFindsARuntimeThatHasStartedAlready() {
        restart("");
        String function = lambda.deploy(
                Toolchain.pythonRuntime(),
                "app.handler",
                Code.of("app.py", ECHO),
                settings -> settings.tags(Map.of("hearth:init", "lazy")));
        Deadline.await("a stem", LIMIT, () -> functionsProcesses().size() == 1);
        Deadline.await("a stem that is counted", LIMIT, () -> metric("hearth_started_ahead{kind=\"stem\"}") == 1);
        // Its process is there a little before it is ready: the runtime still starts.
        Deadline.await("a first call that is answered from it", LIMIT, () -> {
            if (origin(function).equals("stem")) {
                return true;
            }
            arrange(function);
            return false;
        });
        assertThat(starts(function, "stem")).isPositive();
        lambda.delete(function);
        Deadline.await("no process is left", LIMIT, () -> functionsProcesses().isEmpty());
    }

    /// Has the next call come from a stem, as soon as there is one.
    private void arrange(String function) {
        URI uri = server.endpoint().resolve("/_hearth/functions/" + function + "/arrange?origin=stem");
        try {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        } catch (java.io.IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private void restart(String yaml) {
        lambda.close();
        server.close();
        server = HearthServer.start(data, yaml);
        lambda = Lambda.at(server.endpoint());
    }

    private String python(String source) {
        return lambda.deploy(Toolchain.pythonRuntime(), "app.handler", Code.of("app.py", source));
    }

    /// What runs in the server's sandboxes.
    private List<ProcessHandle> functionsProcesses() {
        return ProcessHandle.of(server.pid())
                .orElseThrow()
                .descendants()
                .filter(process -> !isBubblewrap(process))
                .filter(process ->
                        process.parent().filter(StartsIT::isBubblewrap).isPresent())
                .toList();
    }

    private static boolean isBubblewrap(ProcessHandle process) {
        return process.info().command().orElse("").contains("bwrap");
    }

    private List<String> callUntilAnswered(String function, String wanted) {
        List<String> origins = new ArrayList<>();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            // An instance that has just answered may not have asked for its next event: it would be another that is
            // booted.
            Deadline.await("no instance is busy", LIMIT, () -> metric("hearth_instances{state=\"busy\"}") == 0);
            HttpResponse<String> answer = post(function);
            origins.add(originOf(answer));
            if (answer.body().equals(wanted)) {
                return origins;
            }
        }
        throw new AssertionError("the new code never answered");
    }

    private String origin(String function) {
        HttpResponse<String> answer = post(function);
        assertThat(answer.headers().firstValue("X-Amz-Function-Error"))
                .as(answer.body())
                .isEmpty();
        return originOf(answer);
    }

    private static String originOf(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("X-Hearth-Origin").orElseThrow();
    }

    private HttpResponse<String> post(String function) {
        URI uri = server.endpoint().resolve("/2015-03-31/functions/" + function + "/invocations");
        try {
            return http.send(
                    HttpRequest.newBuilder(uri)
                            .header("X-Hearth-Report", "1")
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build(),
                    BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private double starts(String function) {
        return starts(function, "boot");
    }

    private double starts(String function, String origin) {
        return metric("hearth_starts_total{function=\"" + function + "\",origin=\"" + origin + "\"}");
    }

    private double metric(String series) {
        try {
            return server.get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(series))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (java.io.IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }
}
