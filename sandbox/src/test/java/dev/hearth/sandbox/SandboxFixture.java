package dev.hearth.sandbox;

import dev.hearth.model.ByteSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A factory of its own for one test class, and short ways to run something in a sandbox.
final class SandboxFixture implements AutoCloseable {
    final Path dataDirectory;
    final LinuxSandboxes sandboxes;

    SandboxFixture() {
        try {
            dataDirectory = Files.createTempDirectory("hearth-sandbox-it");
            sandboxes = LinuxSandboxes.open(SandboxConfig.defaults(dataDirectory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SandboxException e) {
            throw new AssertionError(e);
        }
    }

    static SandboxSpec spec(String... command) {
        return new SandboxSpec(
                "test",
                List.of(command),
                Map.of("PATH", "/usr/bin:/bin"),
                List.of(),
                "/",
                ByteSize.ofMib(256),
                ByteSize.ofMib(512),
                1.0,
                256,
                1024,
                Network.NONE);
    }

    static SandboxSpec shell(String script) {
        return spec("/bin/sh", "-c", script);
    }

    static SandboxSpec python(String script) {
        return spec("/usr/bin/python3", "-c", script);
    }

    /// Runs it to its end.
    Result run(SandboxSpec spec) throws SandboxException, IOException, InterruptedException {
        try (Sandbox sandbox = sandboxes.create(spec)) {
            sandbox.start();
            String output = new String(new OutputReader(sandbox.output()).readAllBytes(), StandardCharsets.UTF_8);
            return new Result(output.strip(), sandbox.awaitExit());
        }
    }

    @Override
    public void close() {
        sandboxes.close();
        try {
            EtcTree.deleteTree(dataDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Result(String output, SandboxExit exit) {}
}
