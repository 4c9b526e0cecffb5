package dev.hearth.runtime.java;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/// Stack traces as the function's author expects them: cut where the bootstrap begins.
final class StackTraces {
    private static final String OURS = "dev.hearth.runtime.java.";

    private StackTraces() {}

    /// Cuts the bootstrap's frames from the exception, its causes and what they suppress.
    static void filter(Throwable thrown) {
        filter(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static void filter(Throwable thrown, Set<Throwable> visited) {
        if (!visited.add(thrown)) {
            return;
        }
        cut(thrown);
        Throwable cause = thrown.getCause();
        if (cause != null) {
            filter(cause, visited);
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            filter(suppressed, visited);
        }
    }

    private static void cut(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        for (int i = 0; i < trace.length; i++) {
            if (trace[i].getClassName().startsWith(OURS)) {
                StackTraceElement[] kept = new StackTraceElement[i];
                System.arraycopy(trace, 0, kept, 0, i);
                thrown.setStackTrace(kept);
                return;
            }
        }
    }

    /// The filtered trace as `printStackTrace` writes it.
    static String text(Throwable thrown) {
        filter(thrown);
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
