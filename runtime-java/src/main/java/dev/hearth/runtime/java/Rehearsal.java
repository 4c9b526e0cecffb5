package dev.hearth.runtime.java;

import com.amazonaws.services.lambda.runtime.LambdaRuntimeInternal;

/// Goes once through what an invocation does before and after the function itself, so that its classes are loaded while
/// the function initialises and nobody waits. The function is not called.
final class Rehearsal {
    /// Set while an archive of loaded classes is made: then types of the function's own are read and written too,
    /// which calls their constructors.
    private static final String TRAINING = "hearth.training";

    private Rehearsal() {}

    static void run(Handler handler, FunctionLogger logger) {
        try {
            LambdaRuntimeInternal.getUseLog4jAppender();
            handler.rehearse(new InvocationContext(new Invocation(), logger), Boolean.getBoolean(TRAINING));
        } catch (Throwable ignored) {
            // What was loaded until then is loaded; if something is wrong, the invocation it happens to says so.
        }
    }
}
