package dev.hearth.runtime.java;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The logger of the function, which writes to standard output: one log event a call, as text or as JSON.
///
/// A line feed is added where a message has none: on AWS each call is an event of its own, and here the
/// line is the event. Safe for use by several threads.
final class FunctionLogger implements LambdaLogger {
    private static final int UNDEFINED = 0;
    private static final int ERROR = 5;
    private static final String[] LEVELS = {"UNDEFINED", "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};

    private final boolean json;
    private final int minimumLevel;
    // Set by the invocation loop, read by the function's threads; transient for functions that print their context.
    private transient volatile @Nullable Invocation invocation;

    private FunctionLogger(boolean json, int minimumLevel) {
        this.json = json;
        this.minimumLevel = minimumLevel;
    }

    /// Makes the logger and lets AWS's `LambdaRuntime.getLogger()` give it.
    ///
    /// @param format `JSON` or `TEXT`, the default
    /// @param level  the least level to log, by default all
    static FunctionLogger install(@Nullable String format, @Nullable String level) {
        FunctionLogger logger = new FunctionLogger("JSON".equalsIgnoreCase(format), rank(level));
        try {
            Field field = LambdaRuntime.class.getDeclaredField("logger");
            field.setAccessible(true);
            field.set(null, logger);
        } catch (ReflectiveOperationException e) {
            // The function's jar has another aws-lambda-java-core in front: its own logger prints as well.
        }
        return logger;
    }

    private static int rank(@Nullable String level) {
        for (int i = 1; level != null && i < LEVELS.length; i++) {
            if (LEVELS[i].equals(level.toUpperCase(Locale.ROOT))) {
                return i;
            }
        }
        return UNDEFINED;
    }

    /// Says which invocation the following messages belong to.
    void enter(Invocation current) {
        invocation = current;
    }

    /// Logs an error of the function.
    void error(String report) {
        log(report, json ? ERROR : UNDEFINED);
    }

    @Override
    public void log(String message) {
        log(message, UNDEFINED);
    }

    @Override
    public void log(String message, LogLevel level) {
        log(message, rank(level.name()));
    }

    private void log(@Nullable String message, int level) {
        if (!isEnabled(level)) {
            return;
        }
        String text = String.valueOf(message);
        if (json) {
            text = JsonLogLine.of(text, LEVELS[level], invocation);
        } else if (level != UNDEFINED) {
            text = "[" + LEVELS[level] + "] " + text;
        }
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isEnabled(int level) {
        return level == UNDEFINED || level >= minimumLevel;
    }

    @Override
    public void log(byte[] message) {
        write(message);
    }

    @Override
    public void log(byte[] message, LogLevel level) {
        if (isEnabled(rank(level.name()))) {
            write(message);
        }
    }

    private static void write(byte @Nullable [] message) {
        byte[] bytes = message == null ? new byte[] {'n', 'u', 'l', 'l'} : message;
        if (bytes.length == 0 || bytes[bytes.length - 1] != '\n') {
            byte[] line = new byte[bytes.length + 1];
            System.arraycopy(bytes, 0, line, 0, bytes.length);
            line[bytes.length] = '\n';
            bytes = line;
        }
        System.out.write(bytes, 0, bytes.length);
    }
}
