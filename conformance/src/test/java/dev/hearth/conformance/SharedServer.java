package dev.hearth.conformance;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Hands tests the one server with default settings that the suite shares, or a [Lambda] client of it; it ends with
/// the last test.
final class SharedServer implements ParameterResolver {
    /// The server, its client and its data, ended together.
    private record Shared(HearthServer server, Lambda lambda, Path data) implements AutoCloseable {
        static Shared start() {
            Path data = HearthServer.newData();
            HearthServer server = HearthServer.start(data);
            return new Shared(server, Lambda.at(server.endpoint()), data);
        }

        @Override
        public void close() {
            lambda.close();
            server.close();
            HearthServer.delete(data);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == HearthServer.class || type == Lambda.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Shared shared = context.getRoot()
                .getStore(Namespace.create(SharedServer.class))
                .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class);
        return parameter.getParameter().getType() == Lambda.class ? shared.lambda() : shared.server();
    }
}
