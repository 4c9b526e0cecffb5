package dev.hearth.runtime.java;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Runs one Java function: loads the handler that `_HANDLER` names, then serves invocations from the
/// Runtime API at `AWS_LAMBDA_RUNTIME_API` until the process is ended.
public final class Bootstrap {
    private Bootstrap() {}

    /// Returns only by ending the process: exit code 1 after an init error or when the Runtime API is gone.
    ///
    /// @param arguments the handler, as the official client takes it; without one `_HANDLER` is used
    public static void main(String[] arguments) {
        long readyNanos = System.nanoTime();
        System.setOut(utf8(FileDescriptor.out));
        System.setErr(utf8(FileDescriptor.err));
        RuntimeApi api = new RuntimeApi(required("AWS_LAMBDA_RUNTIME_API"));
        String name = arguments.length > 0 ? arguments[0] : required("_HANDLER");
        FunctionLogger logger =
                FunctionLogger.install(System.getenv("AWS_LAMBDA_LOG_FORMAT"), System.getenv("AWS_LAMBDA_LOG_LEVEL"));
        Hooks.offer();
        try {
            Handler handler = load(name, api, logger);
            if (handler != null) {
                Rehearsal.run(handler, logger);
                api.introduce(readyNanos, System.nanoTime());
                new InvocationLoop(api, handler, logger).run();
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
        System.exit(1);
    }

    /// Gives null when the function cannot be initialised, which has then been reported.
    private static @Nullable Handler load(String name, RuntimeApi api, FunctionLogger logger) throws IOException {
        try {
            return HandlerLoader.load(name);
        } catch (Fault fault) {
            logger.error(fault.report());
            api.initError(ErrorDocument.of(fault), ErrorDocument.BAD_CODE);
            return null;
        }
    }

    /// The JVM would encode by the locale, which a sandbox does not have; AWS's logs are UTF-8.
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    private static String required(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isEmpty()) {
            System.err.println("Cannot start the Java runtime: the environment has no " + variable
                    + "; it is set by the Lambda service that starts this process.");
            System.exit(2);
        }
        return String.valueOf(value);
    }
}
