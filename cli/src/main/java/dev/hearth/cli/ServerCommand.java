package dev.hearth.cli;

import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/// A command that talks to a server.
abstract class ServerCommand implements Callable<Integer> {
    @Mixin
    final ServerOptions server = new ServerOptions();

    final Surroundings surroundings;
    private @Nullable HttpConnection connection;

    ServerCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public final Integer call() {
        return run().number();
    }

    abstract ExitCode run();

    final LambdaApi lambda() {
        return new LambdaApi(connection());
    }

    final StackApi stack() {
        return new StackApi(connection());
    }

    final LogsApi logs() {
        return new LogsApi(connection());
    }

    final AsyncApi async() {
        return new AsyncApi(connection());
    }

    final URI endpoint() {
        return server.endpoint(surroundings.environment()).uri();
    }

    final Terminal terminal() {
        return surroundings.terminal();
    }

    private HttpConnection connection() {
        if (connection == null) {
            connection = server.connect(surroundings.environment());
        }
        return connection;
    }
}
