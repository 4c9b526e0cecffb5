package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployIT {
    @TempDir
    private Path directory;

    private FakeHearth hearth;
    private Shell shell;
    private Path code;

    @BeforeEach
    void start() throws IOException {
        hearth = new FakeHearth();
        shell = new Shell(hearth.endpoint());
        code = Files.createDirectory(directory.resolve("orders"));
        hearth.runtimes = """
                [{"identifier":"python3.9","installed":true,"detail":""},
                 {"identifier":"python3.11","installed":true,"detail":""},
                 {"identifier":"python3.13","installed":false,"detail":"apt-get install python3.13"}]
                """;
    }

    @AfterEach
    void stop() {
        hearth.close();
    }

    private void write(String name, String text) throws IOException {
        Path file = code.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void newFunctionGetsTheNewestInstalledRuntimeAndTheHandlerThatIsThere() throws IOException {
        write("app.py", "def handler(event, context):\n    return 1\n");

        Shell.Ran ran = shell.run("deploy", code.toString());

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(hearth.functions.get("orders"))
                .containsEntry("Runtime", "python3.11")
                .containsEntry("Handler", "app.handler");
        assertThat(ran.err())
                .contains("orders: python3.11, handler app.handler (found in app.py; --runtime and --handler override)")
                .contains("code: 1 file, ");
        assertThat(ran.out()).startsWith("orders created, Active after ");
    }

    @Test
    void settingsAreSentWithTheFunction() throws IOException {
        write("app.py", "def handler(event, context):\n    return 1\n");

        shell.run(
                "deploy",
                code.toString(),
                "--name",
                "x",
                "--memory",
                "512",
                "--timeout",
                "9",
                "--env",
                "A=1",
                "--env",
                "B=2=3",
                "--network",
                "none");

        assertThat(hearth.functions.get("x"))
                .containsEntry("MemorySize", 512L)
                .containsEntry("Timeout", 9L)
                .containsEntry("Environment", Map.of("Variables", Map.of("A", "1", "B", "2=3")))
                .containsEntry("Tags", Map.of("hearth:network", "none"));
    }

    @Test
    void waitsUntilTheFunctionIsActive() throws IOException {
        write("app.py", "def handler(event, context):\n    return 1\n");
        hearth.statesOnTheWay.add(Map.of("State", "Pending"));
        hearth.statesOnTheWay.add(Map.of("State", "Pending"));

        assertThat(shell.run("deploy", code.toString()).exitCode()).isZero();
        assertThat(hearth.statesOnTheWay).isEmpty();
    }

    @Test
    void functionThatCannotBeInitialisedIsExitCodeOneWithTheReason() throws IOException {
        write("app.py", "def handler(event, context):\n    return 1\n");
        hearth.settledState = Map.of("State", "Failed", "StateReason", "Python 3.13 is not installed");

        Shell.Ran ran = shell.run("deploy", code.toString());

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("'orders' was created, but cannot be invoked: Python 3.13 is not installed");
    }

    @Test
    void existingFunctionKeepsItsHandlerWhileItsCodeHasIt() throws IOException {
        hearth.has("orders", "python3.9", "app.handler");
        write("app.py", "def handler(event, context):\n    return 2\n");
        write("index.py", "def handler(event, context):\n    return 2\n");

        Shell.Ran ran = shell.run("deploy", code.toString());

        assertThat(ran.out()).startsWith("orders updated");
        assertThat(hearth.requests)
                .noneMatch(request -> request.equals("PUT /2015-03-31/functions/orders/configuration"));
    }

    @Test
    void existingFunctionWhoseHandlerIsGoneGetsTheNewOne() throws IOException {
        hearth.has("orders", "python3.9", "app.handler");
        write("index.py", "def handler(event, context):\n    return 2\n");

        shell.run("deploy", code.toString());

        assertThat(hearth.functions.get("orders")).containsEntry("Handler", "index.handler");
    }

    @Test
    void severalHandlersAreNamedForTheUserToChoose() throws IOException {
        write("a.py", "def handler(event, context):\n    return 1\n");
        write("b.py", "def handler(event, context):\n    return 1\n");

        Shell.Ran ran = shell.run("deploy", code.toString());

        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.err()).contains("--runtime python --handler a.handler").contains("--handler b.handler");
    }

    @Test
    void packageLeavesOutWhatNeverBelongsInIt() throws IOException {
        write("app.py", "def handler(event, context):\n    return 1\n");
        write(".git/config", "");
        write("lib/__pycache__/x.pyc", "");
        write("node_modules/.cache/x", "");
        write("venv/pyvenv.cfg", "");
        write("lib/x.py", "");

        Shell.Ran ran = shell.run("deploy", code.toString());

        assertThat(entries(FakeHearth.of(hearth.code, "orders"))).containsExactly("app.py", "lib/x.py");
        assertThat(ran.err()).contains("without .git, lib/__pycache__, node_modules/.cache, venv");
    }

    @Test
    void sameDirectoryPacksToTheSameBytes() throws IOException {
        write("app.py", "def handler(event, context):\n    return 1\n");
        byte[] first = CodePackage.read(code).zip();
        Files.setLastModifiedTime(code.resolve("app.py"), java.nio.file.attribute.FileTime.fromMillis(0));

        assertThat(CodePackage.read(code).zip()).isEqualTo(first);
    }

    @Test
    void linkOutOfTheDirectoryIsRefused() throws IOException {
        write("app.py", "def handler(event, context):\n    return 1\n");
        Files.createSymbolicLink(code.resolve("secret"), Path.of("../../etc/passwd"));

        Shell.Ran ran = shell.run("deploy", code.toString());

        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.err()).contains("'secret' points out of the directory");
    }

    @Test
    void pathThatIsNotThereIsNamed() {
        assertThat(shell.run("deploy", "/no/such").err()).contains("There is no '/no/such'");
    }

    @Test
    void fileThatIsNoArchiveIsRefused() throws IOException {
        write("app.py", "");

        Shell.Ran ran = shell.run("deploy", code.resolve("app.py").toString());

        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.err()).contains("is not a zip or jar");
    }

    @Test
    void publishedVersionIsSaid() throws IOException {
        write("app.py", "def handler(event, context):\n    return 1\n");

        assertThat(shell.run("deploy", code.toString(), "--publish").out()).contains("version 7");
    }

    private static List<String> entries(byte[] zip) throws IOException {
        var names = new ArrayList<String>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }
}
