package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class HelpTest {
    private final Shell shell = new Shell("http://127.0.0.1:1");

    /// A command of another module.
    @Command(name = "up", description = "Start.")
    static final class Up implements Runnable {
        @Override
        public void run() {}
    }

    @Test
    void helpListsEveryCommand() {
        Shell.Ran ran = shell.run("--help");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("deploy", "invoke", "list", "logs", "delete", "bench", "explain", "version");
    }

    @Test
    void noCommandIsExitCodeTwoWithTheHelp() {
        Shell.Ran ran = shell.run();

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("Commands:");
    }

    @Test
    void everyCommandThatTalksToAServerHasTheServerOptions() {
        for (String command : new String[] {"deploy", "invoke", "list", "logs", "delete"}) {
            assertThat(shell.run(command, "--help").out()).as(command).contains("--endpoint", "--sign", "--json");
        }
    }

    @Test
    void missingParameterPointsToTheHelp() {
        Shell.Ran ran = shell.run("invoke");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("NAME").contains("hearth invoke --help");
    }

    @Test
    void versionIsTheBuilds() {
        assertThat(shell.run("version").out()).matches("hearth \\d+\\.\\d+\\.\\d+\\S* \\(Java \\S+\\)\n");
    }

    @Test
    void referenceDescribesTheCommandsOfOtherModulesToo() {
        String reference = HearthCommand.reference(HearthCommand.commandLine(new Up()));

        assertThat(reference).contains("## hearth up", "## hearth deploy", "| 4 | no server answers at the endpoint |");
    }
}
