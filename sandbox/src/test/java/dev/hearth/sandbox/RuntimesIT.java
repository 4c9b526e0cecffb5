package dev.hearth.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.model.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The runtimes of this machine start, run threads and compile just in time under all the restrictions.
class RuntimesIT {
    private static SandboxFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new SandboxFixture();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void pythonRunsThreadsAndProcesses() throws Exception {
        String script = """
                import threading, subprocess, multiprocessing
                t = threading.Thread(target=lambda: print('thread', flush=True)); t.start(); t.join()
                print(subprocess.check_output(['echo', 'child']).decode().strip(), flush=True)
                q = multiprocessing.Queue()
                p = multiprocessing.Process(target=q.put, args=('queue',)); p.start(); print(q.get()); p.join()
                """;
        assertThat(fixture.run(SandboxFixture.python(script)).output()).isEqualTo("thread\nchild\nqueue");
    }

    @Test
    void nodeRunsWorkersAndFileSystemCalls() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/node")), "no node on this machine");
        String script = """
                const { Worker } = require('worker_threads');
                const fs = require('fs');
                fs.promises.writeFile('/tmp/x', 'file').then(() => {
                  console.log(fs.readFileSync('/tmp/x', 'utf8'));
                  new Worker("require('worker_threads').parentPort.postMessage('worker')", { eval: true })
                    .on('message', m => console.log(m));
                });
                """;
        assertThat(fixture.run(large("/usr/bin/node", "-e", script)).output()).isEqualTo("file\nworker");
    }

    @ParameterizedTest
    @MethodSource("javas")
    void javaCompilesAndRuns(Path java) throws Exception {
        String source = "public class Main { public static void main(String[] a) throws Exception {"
                + " var t = new Thread(() -> System.out.println(\"thread\")); t.start(); t.join();"
                + " System.out.println(java.net.InetAddress.getByName(\"localhost\").isLoopbackAddress()); } }";
        SandboxSpec spec = large(
                "/bin/sh", "-c", "echo '" + source + "' > /tmp/Main.java; exec " + java + " -Xmx256m /tmp/Main.java");

        assertThat(fixture.run(spec).output()).isEqualTo("thread\ntrue");
    }

    static Stream<Path> javas() throws IOException {
        try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
            return homes.map(home -> home.resolve("bin/java")).filter(Files::isExecutable).toList().stream();
        }
    }

    private static SandboxSpec large(String... command) {
        SandboxSpec spec = SandboxFixture.spec(command);
        return new SandboxSpec(
                spec.name(),
                List.of(command),
                Map.of("PATH", "/usr/bin:/bin"),
                spec.mounts(),
                "/tmp",
                ByteSize.ofMib(1024),
                spec.tmp(),
                2.0,
                spec.processes(),
                spec.openFiles(),
                spec.network());
    }
}
