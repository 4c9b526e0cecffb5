package dev.hearth.runtime.java;

import com.amazonaws.services.lambda.runtime.LambdaRuntimeInternal;
import java.io.IOError;
import java.io.IOException;

/// Serves one invocation after the other.
final class InvocationLoop {
    private static final String TRACE_HEADER = "com.amazonaws.xray.traceHeader";
    private static final int LARGE_BYTES = 1 << 20;

    private final RuntimeApi api;
    private final Handler handler;
    private final FunctionLogger logger;
    private Output output = new Output();

    InvocationLoop(RuntimeApi api, Handler handler, FunctionLogger logger) {
        this.api = api;
        this.handler = handler;
        this.logger = logger;
    }

    /// Returns when the process must not serve another invocation: the virtual machine is in trouble or the
    /// function's class cannot be loaded. The error has then been reported.
    ///
    /// @throws IOException when the Runtime API cannot be reached
    void run() throws IOException {
        boolean usable = true;
        while (usable) {
            usable = serve(api.next());
        }
    }

    private boolean serve(Invocation invocation) throws IOException {
        if (invocation.hook != null) {
            runHooks(invocation.requestId, invocation.hook);
            return true;
        }
        trace(invocation);
        logger.enter(invocation);
        output.reset();
        try {
            InvocationContext context = new InvocationContext(invocation, logger);
            if (LambdaRuntimeInternal.getUseLog4jAppender()) {
                Log4jRequestId.put(invocation.requestId);
            }
            handler.call(invocation.event, context, output);
        } catch (Throwable thrown) {
            output.end();
            return fail(invocation, thrown, output.times());
        }
        output.end();
        api.respond(invocation.requestId, output.times(), output.buffer(), output.size());
        if (output.buffer().length > LARGE_BYTES) {
            output = new Output();
        }
        Thread.interrupted(); // what the function left behind must not meet the next one
        return true;
    }

    private void runHooks(String requestId, String hook) throws IOException {
        try {
            Hooks.run(hook);
        } catch (Throwable thrown) {
            StackTraces.filter(thrown);
            logger.error(Fault.of(thrown, true).report());
            api.fail(requestId, "", ErrorDocument.of(thrown), Hooks.errorType(hook));
            return;
        }
        api.respond(requestId, "", new byte[0], 0);
    }

    /// Where AWS's X-Ray SDK for Java looks for the trace.
    private static void trace(Invocation invocation) {
        if (invocation.traceId == null) {
            System.clearProperty(TRACE_HEADER);
        } else {
            System.setProperty(TRACE_HEADER, invocation.traceId);
        }
    }

    /// The log comes first, so that it is there when the caller has the answer.
    private boolean fail(Invocation invocation, Throwable thrown, String times) throws IOException {
        if (thrown instanceof VirtualMachineError) {
            output = new Output(); // perhaps what filled the heap
        }
        StackTraces.filter(thrown);
        Fault fault = thrown instanceof Fault ? (Fault) thrown : Fault.of(thrown, false);
        logger.error(fault.report());
        api.fail(
                invocation.requestId,
                times,
                ErrorDocument.of(thrown),
                thrown instanceof Fault ? ErrorDocument.BAD_CODE : ErrorDocument.EXCEPTION);
        return !(thrown instanceof VirtualMachineError || thrown instanceof IOError || fault.fatal());
    }
}
