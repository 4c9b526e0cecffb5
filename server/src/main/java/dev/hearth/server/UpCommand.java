package dev.hearth.server;

import dev.hearth.cli.ExitCode;
import dev.hearth.cli.Version;
import dev.hearth.sandbox.SandboxException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `hearth up`: serves in the foreground until it is stopped.
@Command(
        name = "up",
        description = "Start Hearth and serve in the foreground until it is stopped; SIGTERM drains.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:stopped", "2:the configuration or an option cannot be used", "3:the host cannot run it"})
final class UpCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "PORT", description = "Port of the Lambda API; 0 picks one (default 9000).")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on (default 127.0.0.1: by default any credentials pass).")
    private @Nullable String host;

    @Option(names = "--data", paramLabel = "DIR", description = "Directory for everything that must survive.")
    private @Nullable Path data;

    @Option(names = "--config", paramLabel = "FILE", description = "YAML configuration; see docs/configuration.md.")
    private @Nullable Path config;

    @Option(
            names = "--allow-weak-isolation",
            description = "Start although the host lacks a protection that 'hearth doctor' names.")
    private boolean allowWeakIsolation;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        long began = System.nanoTime();
        try {
            return serve(configuration(), began);
        } catch (ConfigException e) {
            return fail(ExitCode.USAGE, e.getMessage());
        } catch (SandboxException e) {
            return fail(ExitCode.REFUSED, e.getMessage());
        } catch (IOException e) {
            return fail(ExitCode.REFUSED, "Cannot start Hearth: " + e.getMessage());
        }
    }

    private int serve(ServerConfig serverConfig, long began) throws IOException, SandboxException {
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        try (Wiring wiring = new Wiring(serverConfig)) {
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                        stopping.countDown();
                        awaitUninterruptibly(stopped);
                    }));
            announce(serverConfig, wiring, began);
            awaitUninterruptibly(stopping);
            say("Stopping: running invocations end first, for at most "
                    + serverConfig.engine().drainGrace().toSeconds() + " s.");
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private void announce(ServerConfig serverConfig, Wiring wiring, long began) {
        String endpoint =
                "http://" + serverConfig.host() + ":" + wiring.address().getPort();
        say("Hearth " + Version.current() + " is ready at " + endpoint + " after "
                + (System.nanoTime() - began) / 1_000_000 + " ms (data in " + serverConfig.data() + ").");
        if (serverConfig.allowWeakIsolation()) {
            say("Warning: weak isolation is allowed; 'hearth doctor' says what is missing.");
        }
    }

    private ServerConfig configuration() throws ConfigException {
        return ConfigFile.read(Optional.ofNullable(config))
                .with(
                        Optional.ofNullable(host),
                        Optional.ofNullable(port),
                        Optional.ofNullable(data),
                        allowWeakIsolation);
    }

    private void say(String line) {
        if (spec != null) {
            spec.commandLine().getOut().println(line);
            spec.commandLine().getOut().flush();
        }
    }

    private int fail(ExitCode code, @Nullable String message) {
        if (spec != null) {
            spec.commandLine().getErr().println(message);
            spec.commandLine().getErr().flush();
        }
        return code.number();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
