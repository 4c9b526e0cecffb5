package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// What a hostile function tries is contained and named; meanwhile its neighbour is answered as ever, and the next
/// call of the function itself works.
@ExtendWith(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbuseIT {
    /// Generous for a machine whose every core is busy; without containment the neighbour stands still.
    private static final long NEIGHBOUR_LIMIT_MILLIS = 2_500;

    /// What holds the machine up by chance does not do so in each of so many attacks.
    private static final int ATTACKS_AT_MOST = 5;

    /// For attacks that are to be stopped by their time-out.
    private static final int TIMEOUT_SECONDS = 5;

    /// For those that end by themselves, however slow the machine is.
    private static final int PATIENCE_SECONDS = 25;

    private static final String ATTACKS = """
            import errno, json, mmap, os, signal, socket, sys, time, urllib.request, urllib.error

            def forkbomb(e):
                try:
                    while True:
                        if os.fork() == 0:
                            time.sleep(60)
                except OSError as full:
                    return [errno.errorcode[full.errno], len([p for p in os.listdir("/proc") if p.isdigit()])]

            def forktree(e):
                while True:
                    try:
                        os.fork()
                    except OSError:
                        pass

            def memory(e):
                held = []
                while True:
                    held.append(bytearray(os.urandom(1 << 20)))

            def children(e):
                for _ in range(8):
                    if os.fork() == 0:
                        memory(e)
                time.sleep(60)

            def fill(e):
                written = 0
                try:
                    with open("/tmp/full", "wb", buffering=0) as file:
                        while True:
                            written += file.write(bytes(4 << 20))
                except OSError as full:
                    return [errno.errorcode[full.errno], written]
                finally:
                    os.remove("/tmp/full")

            def output(e):
                line = "x" * 1000 + "\\n"
                while True:
                    sys.stdout.write(line)

            def loop(e):
                while True:
                    pass

            def stubborn(e):
                for number in range(1, 32):
                    try:
                        signal.signal(number, signal.SIG_IGN)
                    except OSError:
                        pass
                if os.fork() == 0:
                    os.setsid()
                while True:
                    time.sleep(1)

            def files(e):
                held = []
                try:
                    for _ in range(10_000):
                        held.append(open("/dev/null"))
                except OSError as full:
                    return [errno.errorcode[full.errno], len(held)]
                finally:
                    for file in held:
                        file.close()

            def attempt(action):
                try:
                    return "done: " + repr(action())[:200]
                except BaseException as refused:
                    return "refused: " + type(refused).__name__ + " " + str(refused)

            def host(e):
                return {
                    "shadow": attempt(lambda: open("/etc/shadow").read()),
                    "data": attempt(lambda: os.listdir(e["data"])),
                    "root home": attempt(lambda: os.listdir("/root")),
                    "init environment": attempt(lambda: open("/proc/1/environ").read()),
                    "kernel memory": attempt(lambda: open("/dev/mem", "rb").read(1)),
                    "write code": attempt(lambda: open("/var/task/app.py", "a").write("#")),
                    "write system": attempt(lambda: open("/usr/evil", "w").write("#")),
                    "become root": attempt(lambda: os.setuid(0)),
                    "mount": attempt(lambda: os.system("mount -t tmpfs none /tmp 2>/dev/null") and 1 / 0),
                    "kill the server": attempt(lambda: os.kill(e["pid"], 9)),
                    "processes": [p for p in os.listdir("/proc") if p.isdigit()],
                    "uid": os.getuid(),
                    "root": sorted(os.listdir("/")),
                }

            def neighbours(e):
                def reach(address):
                    with socket.create_connection(tuple(address), timeout=0.1) as s:
                        s.sendall(b"GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n")
                        return s.recv(100)
                ports = []
                for line in open("/proc/net/tcp").readlines()[1:]:
                    local, state = line.split()[1], line.split()[3]
                    if state == "0A":
                        ports.append(int(local.split(":")[1], 16))
                gateway = None
                for line in open("/proc/net/route").readlines()[1:]:
                    fields = line.split()
                    if fields[1] == "00000000":
                        gateway = socket.inet_ntoa(bytes.fromhex(fields[2])[::-1])
                own = socket.gethostbyname(socket.gethostname()) if e.get("dns") else None
                tried = {"server by loopback": attempt(lambda: reach(["127.0.0.1", e["port"]])), "listening": sorted(set(ports))}
                if gateway:
                    tried["server by gateway"] = attempt(lambda: reach([gateway, e["port"]]))
                    tried["runtime api by gateway"] = attempt(lambda: reach([gateway, 9001]))
                    base = gateway.rsplit(".", 1)[0]
                    for last in range(1, 9):
                        tried["runtime api of ." + str(last)] = attempt(lambda: reach([base + "." + str(last), 9001]))
                return tried

            def forge(e):
                def post(path):
                    request = urllib.request.Request("http://" + os.environ["AWS_LAMBDA_RUNTIME_API"]
                        + "/2018-06-01/runtime/invocation/" + path, data=b'"forged"')
                    try:
                        with urllib.request.urlopen(request, timeout=5) as answer:
                            return [answer.status, answer.read().decode()]
                    except urllib.error.HTTPError as refused:
                        return [refused.code, refused.read().decode()]
                return [post(e["id"] + "/response"), post(e["id"] + "/error"), post("../../etc/passwd/response")]

            def handler(event, context):
                do = event.get("do")
                return globals()[do](event) if do else "fine"
            """;

    private final HearthServer server;
    private final Lambda lambda;
    private Neighbour neighbour;
    private String attacker;
    private String patient;

    AbuseIT(HearthServer server, Lambda lambda) {
        this.server = server;
        this.lambda = lambda;
    }

    @BeforeAll
    void deploy() {
        neighbour = new Neighbour(lambda);
        attacker = deploy(128, TIMEOUT_SECONDS);
        patient = deploy(128, PATIENCE_SECONDS);
    }

    private String deploy(int megabytes, int timeout) {
        String name = lambda.deploy(
                Toolchain.pythonRuntime(),
                "app.handler",
                Code.of("app.py", ATTACKS),
                settings -> settings.timeout(timeout).memorySize(megabytes).ephemeralStorage(s -> s.size(512)));
        lambda.call(name, "{}");
        return name;
    }

    /// Attacks, and checks the neighbour and the next call.
    private Answer attack(String attacker, String event) {
        List<Long> slowest = new ArrayList<>();
        while (slowest.size() < ATTACKS_AT_MOST) {
            Neighbour.Seen<Answer> seen = neighbour.during(() -> lambda.call(attacker, event));
            Answer next = lambda.call(attacker, "{}");
            assertThat(next.payload()).as("the next call after " + event).isEqualTo("\"fine\"");
            if (seen.slowest() < NEIGHBOUR_LIMIT_MILLIS) {
                return seen.result();
            }
            slowest.add(seen.slowest());
        }
        throw new AssertionError("neighbour's slowest call in ms, in each attack: " + slowest);
    }

    private void assertTimedOut(Answer answer) {
        assertThat(answer.errorMessage()).contains("Task timed out after 5.00 seconds");
    }

    @Test
    void forkBombStopsAtTheProcessLimit() {
        // With memory for all of them, so that it is not that limit which stops them.
        JsonNode counted =
                attack(deploy(3_008, PATIENCE_SECONDS), "{\"do\":\"forkbomb\"}").json();
        if (counted.isArray()) {
            assertThat(counted.get(0).asString()).isEqualTo("EAGAIN");
            assertThat(counted.get(1).asInt()).isBetween(100, 1_024);
        } else {
            // A thousand processes take longer than that to fork on a busy machine.
            assertThat(counted.get("errorMessage").asString()).contains("Task timed out");
        }
    }

    @Test
    void forkBombOfForkBombsTimesOut() {
        assertTimedOut(attack(deploy(3_008, TIMEOUT_SECONDS), "{\"do\":\"forktree\"}"));
        assertThat(attack(attacker, "{\"do\":\"forktree\"}").errorType())
                .isIn("Runtime.OutOfMemory", "Sandbox.Timedout");
    }

    @Test
    void memoryHogIsKilledAndNamed() {
        assertThat(attack(patient, "{\"do\":\"memory\"}").errorType()).isEqualTo("Runtime.OutOfMemory");
        assertThat(attack(patient, "{\"do\":\"children\"}").errorType()).isEqualTo("Runtime.OutOfMemory");
    }

    @Test
    void temporaryFilesEndAtTheirSize() {
        JsonNode filled = attack(patient, "{\"do\":\"fill\"}").json();
        if (filled.isArray()) {
            assertThat(filled.get(0).asString()).isEqualTo("ENOSPC");
            assertThat(filled.get(1).asLong()).isBetween(400L << 20, 512L << 20);
        } else {
            // 512 MB take longer than that to write on a slow disk.
            assertThat(filled.get("errorMessage").asString()).contains("Task timed out");
        }
    }

    @Test
    void endlessOutputTimesOut() {
        assertTimedOut(attack(attacker, "{\"do\":\"output\"}"));
    }

    @Test
    void endlessLoopTimesOut() {
        assertTimedOut(attack(attacker, "{\"do\":\"loop\"}"));
    }

    @Test
    void ignoringEverySignalDoesNotHelp() {
        assertTimedOut(attack(attacker, "{\"do\":\"stubborn\"}"));
    }

    @Test
    void openFilesEndAtTheirLimit() {
        JsonNode opened = attack(patient, "{\"do\":\"files\"}").json();
        assertThat(opened.get(0).asString()).isEqualTo("EMFILE");
        assertThat(opened.get(1).asInt()).isBetween(900, 1_024);
    }

    @Test
    void hostIsOutOfReach() {
        Answer answer = attack(patient, "{\"do\":\"host\",\"pid\":" + server.pid() + ",\"data\":\"/var/lib/hearth\"}");
        JsonNode seen = answer.json();
        for (String what : List.of(
                "shadow",
                "data",
                "root home",
                "kernel memory",
                "write code",
                "write system",
                "become root",
                "mount",
                "kill the server")) {
            assertThat(seen.get(what).asString()).as(what).startsWith("refused");
        }
        assertThat(seen.get("processes").size())
                .as("processes it sees: " + seen.get("processes"))
                .isLessThan(10);
        assertThat(seen.get("uid").asInt()).isNotZero();
        assertThat(seen.get("init environment").asString()).doesNotContain("HEARTH_HOME");
        assertThat(seen.get("root").toString()).doesNotContain("\"home\"").doesNotContain("\"srv\"");
        assertThat(server.isAlive()).isTrue();
    }

    @Test
    void otherRuntimeApisAndTheServerAreOutOfReach() {
        JsonNode tried = attack(patient, "{\"do\":\"neighbours\",\"port\":" + server.port() + "}")
                .json();
        tried.propertyStream()
                .filter(entry -> !entry.getKey().equals("listening"))
                .forEach(entry -> assertThat(entry.getValue().asString())
                        .as(entry.getKey())
                        .startsWith("refused"));
        assertThat(tried.get("listening").toString()).isEqualTo("[9001]");
        // By default functions have a way out: without it the attempts above would prove little.
        assertThat(tried.has("runtime api by gateway")).isTrue();
    }

    @Test
    void answerToAnotherRequestIsRefused() {
        Answer answer = attack(patient, "{\"do\":\"forge\",\"id\":\"8476a536-e9f4-11e8-9739-2dfe598c3fcd\"}");
        assertThat(answer.error()).as(answer.payload()).isEmpty();
        assertThat(answer.json().get(0).get(0).asInt()).isEqualTo(400);
        assertThat(answer.json().get(0).get(1).asString()).contains("InvalidRequestID");
        assertThat(answer.json().get(1).get(0).asInt()).isEqualTo(400);
        assertThat(answer.json().get(2).get(0).asInt()).isBetween(400, 499);
    }
}
