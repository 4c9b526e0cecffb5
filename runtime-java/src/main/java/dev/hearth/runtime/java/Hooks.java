package dev.hearth.runtime.java;

import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;

/// What a function registered with `org.crac`, run when the Runtime API asks for it. Costs a function without such
/// nothing but this class.
public final class Hooks {
    /// Read by `org.crac` 1.4 and newer: where to look for an implementation first. AWS names the same package.
    private static final String COMPAT = "org.crac.Core.Compat";

    private static final String PACKAGE = "com.amazonaws.services.lambda.crac";

    /// Volatile: any thread of the function may register, the bootstrap's looks.
    private static volatile boolean registered;

    private Hooks() {}

    /// Makes `org.crac` find us. Before any class of the function is loaded.
    static void offer() {
        System.setProperty(COMPAT, PACKAGE);
    }

    /// There is something to run now.
    public static void registered() {
        registered = true;
    }

    static boolean areRegistered() {
        return registered;
    }

    /// @param hook value of the header `Hearth-Hook`
    /// @throws Exception with what the resources threw as its suppressed exceptions
    static void run(String hook) throws Exception {
        Resource context = Core.getGlobalContext();
        if (isBeforePark(hook)) {
            context.beforeCheckpoint(Core.getGlobalContext());
        } else {
            context.afterRestore(Core.getGlobalContext());
        }
    }

    /// `Lambda-Runtime-Function-Error-Type` where hooks failed.
    static String errorType(String hook) {
        return isBeforePark(hook) ? "Runtime.BeforeCheckpointError" : "Runtime.AfterRestoreError";
    }

    private static boolean isBeforePark(String hook) {
        return hook.equals("before-park");
    }
}
