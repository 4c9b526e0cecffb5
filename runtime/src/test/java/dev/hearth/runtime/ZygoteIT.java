package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.ForkedFunction.Child;
import dev.hearth.sandbox.SandboxExit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Instances that are forked from an initialised one.
@Timeout(300)
class ZygoteIT {
    /// Evaluates what it is sent.
    private static final String CALCULATOR = """
            import os, random, signal, socket, ssl, subprocess, sys, time, uuid
            started = time.time()
            peer, other = socket.socketpair()
            def handler(event, context):
                return eval(event)
            """;

    @TempDir
    private Path directory;

    @Test
    void childrenAreInitialisedAndEachIsItsOwn() throws Exception {
        try (ForkedFunction function = new ForkedFunction(directory, CALCULATOR);
                Child first = function.fork("first stream");
                Child second = function.fork("second stream")) {
            assertThat(first.result("\"started\"")).isEqualTo(second.result("\"started\""));
            assertThat(first.result("\"os.environ['AWS_LAMBDA_LOG_STREAM_NAME']\""))
                    .isEqualTo("\"first stream\"");
            assertThat(second.result("\"os.environ['AWS_LAMBDA_LOG_STREAM_NAME']\""))
                    .isEqualTo("\"second stream\"");
            assertThat(first.result("\"globals().update(mark=1)\"")).isEqualTo("null");
            assertThat(second.result("\"'mark' in globals()\"")).isEqualTo("false");
        }
    }

    @Test
    void randomNumbersDifferBetweenChildren() throws Exception {
        String numbers = "\"[random.random(), str(uuid.uuid1()), str(uuid.uuid4()), ssl.RAND_bytes(8).hex()]\"";
        try (ForkedFunction function = new ForkedFunction(directory, CALCULATOR);
                Child first = function.fork("1");
                Child second = function.fork("2")) {
            List<String> one = List.of(first.result(numbers).split(","));
            List<String> other = List.of(second.result(numbers).split(","));

            assertThat(one).hasSize(4).doesNotContainAnyElementsOf(other);
        }
    }

    @Test
    void tmpIsPrivateAndEmptyAndHasItsSize() throws Exception {
        try (ForkedFunction function = new ForkedFunction(directory, CALCULATOR);
                Child first = function.fork("1");
                Child second = function.fork("2")) {
            assertThat(first.result("\"os.listdir('/tmp')\"")).isEqualTo("[]");
            assertThat(first.result("\"open('/tmp/mine', 'w').write('x')\"")).isEqualTo("1");

            assertThat(second.result("\"os.listdir('/tmp')\"")).isEqualTo("[]");
            assertThat(second.result("\"os.statvfs('/tmp').f_blocks * 4096 >> 20\""))
                    .as("MB, less what ext4 takes")
                    .satisfies(mib -> assertThat(Integer.parseInt(mib)).isBetween(400, 512));
            assertThat(function.zygote.obstacle(ForkedFunction.LIMIT)).isEmpty();
        }
    }

    @Test
    void outputGoesToEachOnesLog() throws Exception {
        try (ForkedFunction function = new ForkedFunction(directory, CALCULATOR);
                Child first = function.fork("1");
                Child second = function.fork("2")) {
            String _ = first.result("\"print('from the first')\"");
            String _ = second.result("\"subprocess.run(['/bin/echo', 'from the second']).returncode\"");

            assertThat(ForkedFunction.said(first.sandbox())).isEqualTo("from the first\n");
            assertThat(ForkedFunction.said(second.sandbox())).isEqualTo("from the second\n");
            assertThat(ForkedFunction.said(function.sandbox)).isEmpty();
        }
    }

    @Test
    void childReachesNeitherTheZygotesRuntimeApiNorItsConnections() throws Exception {
        String ask = "\"(lambda s: (s.connect(('127.0.0.1', 9001)), s.sendall(b'GET /2018-06-01/runtime/invocation/next"
                + " HTTP/1.1\\\\r\\\\nHost: x\\\\r\\\\n\\\\r\\\\n'), s.recv(100)))(socket.socket())[2].decode()\"";
        try (ForkedFunction function = new ForkedFunction(directory, CALCULATOR);
                Child child = function.fork("1")) {
            assertThat(child.invoke(ask)).satisfies(answer -> {
                if (answer instanceof Answer.Response(var body)) {
                    assertThat(new String(body.bytes(), java.nio.charset.StandardCharsets.UTF_8))
                            .isEqualTo("\"\"");
                } else {
                    assertThat(answer).isInstanceOf(Answer.Error.class);
                }
            });
            assertThat(child.result("\"peer.recv(1).decode()\""))
                    .as("the other end of a connection that was open")
                    .isEqualTo("\"\"");
            assertThat(function.zygote.obstacle(ForkedFunction.LIMIT)).isEmpty();
        }
    }

    @Test
    void childHasNoRightsInTheNamespacesItMade() throws Exception {
        try (ForkedFunction function = new ForkedFunction(directory, CALCULATOR);
                Child child = function.fork("1")) {
            assertThat(child.result(
                            "\"[l.split()[1] for l in open('/proc/self/status') if l[:6] in ('CapPrm','CapEff')]\""))
                    .isEqualTo("[\"0000000000000000\", \"0000000000000000\"]");
            assertThat(child.result("\"[os.getuid(), os.getgid()]\"")).isEqualTo("[993, 990]");
            assertThat(child.result("\"subprocess.run(['/bin/umount', '/tmp'], stderr=-3).returncode != 0\""))
                    .isEqualTo("true");
        }
    }

    @Test
    void memoryLimitHoldsInAChildAndEndsNobodyElse() throws Exception {
        try (ForkedFunction function = new ForkedFunction(directory, CALCULATOR);
                Child hog = function.fork("1");
                Child sibling = function.fork("2");
                Child third = function.fork("3")) {
            hog.begin("\"len(bytearray(300 << 20))\"");

            assertThat(hog.sandbox().awaitExit()).isEqualTo(new SandboxExit.OutOfMemory());
            assertThat(sibling.result("\"1 + 1\"")).isEqualTo("2");
            assertThat(third.result("\"1 + 1\"")).isEqualTo("2");
            assertThat(function.zygote.obstacle(ForkedFunction.LIMIT)).isEmpty();
        }
    }

    @Test
    void processLimitHoldsInAChild() throws Exception {
        String bomb = "\"[0 for i in range(200) if os.fork() or time.sleep(100)]\"";
        try (ForkedFunction function = new ForkedFunction(directory, CALCULATOR);
                Child child = function.fork("1");
                Child sibling = function.fork("2")) {
            assertThat(child.invoke(bomb))
                    .isInstanceOfSatisfying(
                            Answer.Error.class,
                            error -> assertThat(error.errorType()).isEqualTo("BlockingIOError"));
            assertThat(sibling.result("\"subprocess.run(['/bin/true']).returncode\""))
                    .isEqualTo("0");
        }
    }

    @Test
    void exitIsToldAndClosingOneLeavesTheOthers() throws Exception {
        try (ForkedFunction function = new ForkedFunction(directory, CALCULATOR);
                Child exits = function.fork("1");
                Child crashes = function.fork("2");
                Child stays = function.fork("3")) {
            exits.begin("\"os._exit(7)\"");
            crashes.begin("\"os.kill(os.getpid(), 11)\"");

            assertThat(exits.sandbox().awaitExit()).isEqualTo(new SandboxExit.Exited(7));
            assertThat(crashes.sandbox().awaitExit()).isEqualTo(new SandboxExit.Signalled(11));
            Child closed = function.fork("4");
            closed.close();
            assertThat(closed.sandbox().exit()).contains(new SandboxExit.Closed());
            assertThat(stays.result("\"1 + 1\"")).isEqualTo("2");
        }
    }

    @Test
    void childFreezesAndThawsAloneAndTheZygoteForksOn() throws Exception {
        try (ForkedFunction function = new ForkedFunction(directory, CALCULATOR);
                Child frozen = function.fork("1")) {
            assertThat(frozen.sandbox().freeze()).isTrue();
            try (Child other = function.fork("2")) {
                assertThat(other.result("\"1 + 1\"")).isEqualTo("2");
            }
            frozen.sandbox().thaw();
            assertThat(frozen.result("\"1 + 1\"")).isEqualTo("2");
        }
    }

    @Test
    void everythingEndsWithTheZygotesSandboxAndNothingIsLeft() throws Exception {
        ForkedFunction function = new ForkedFunction(directory, CALCULATOR);
        Child first = function.fork("1");
        Child second = function.fork("2");
        assertThat(groups()).hasSizeGreaterThan(2);

        function.zygote.close();
        function.api.close();
        function.sandbox.close();

        assertThat(first.sandbox().awaitExit()).isNotNull();
        assertThat(second.sandbox().awaitExit()).isNotNull();
        first.close();
        second.close();
        assertThat(groups()).isEmpty();
        function.sandboxes.close();
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(directory.toString());
    }

    @Test
    void functionThatIsNotAloneWithItselfSaysThatItCannotFork() throws Exception {
        assertThat(
                        obstacle(
                                "import threading, time\nthreading.Thread(target=time.sleep, args=(100,), daemon=True).start()"))
                .contains("2 threads");
        assertThat(obstacle("open('/tmp/model', 'w').write('x')")).contains("/tmp");
        assertThat(obstacle("import subprocess\nsubprocess.Popen(['/bin/sleep', '100'])"))
                .contains("other processes");
        assertThat(obstacle("import mmap\nm = mmap.mmap(-1, 4096)")).contains("memory that processes share");
        assertThat(obstacle("import asyncio\nloop = asyncio.new_event_loop()")).contains("eventpoll");
    }

    private String obstacle(String init) throws Exception {
        try (ForkedFunction function =
                new ForkedFunction(directory, init + "\ndef handler(event, context): return 'alive'\n")) {
            String obstacle = function.zygote.obstacle(ForkedFunction.LIMIT).orElse("none");
            assertThat(function.zygote.fork("1", ForkedFunction.LIMIT))
                    .isEqualTo(new Zygote.Forked.CannotFork(obstacle));
            assertThat(function.api.invoke(ServedApi.event("id", "{}"), ForkedFunction.LIMIT.toNanos()))
                    .as("it is an instance as any other then")
                    .isInstanceOf(Answer.Response.class);
            return obstacle;
        }
    }

    private List<Path> groups() throws IOException {
        return Files.readAllLines(directory.resolve("data/sandbox/cgroups")).stream()
                .flatMap(base -> children(Path.of(base)))
                .toList();
    }

    private static Stream<Path> children(Path base) {
        try (Stream<Path> entries = Files.list(base)) {
            return entries.filter(Files::isDirectory).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
