package dev.hearth.runtime.java;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/// A method of the function's class as one of AWS's two interfaces.
final class MethodHandler implements RequestHandler<Object, @Nullable Object>, RequestStreamHandler {
    /// What a parameter is given.
    enum Argument {
        EVENT,
        INPUT,
        OUTPUT,
        CONTEXT
    }

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final Method method;
    private final @Nullable Object instance;
    private final Argument[] arguments;

    /// @param instance null for a static method
    MethodHandler(Method method, @Nullable Object instance, Argument... arguments) {
        this.method = method;
        this.instance = instance;
        this.arguments = arguments;
    }

    @Override
    public @Nullable Object handleRequest(Object event, Context context) {
        return invoke(event, null, context);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        invoke(input, output, context);
        if (!takes(Argument.OUTPUT)) {
            output.write(NULL);
        }
    }

    private boolean takes(Argument wanted) {
        for (Argument argument : arguments) {
            if (argument == wanted) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Object invoke(Object input, @Nullable OutputStream output, Context context) {
        @Nullable Object[] values = new @Nullable Object[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments[i] == Argument.CONTEXT ? context : arguments[i] == Argument.OUTPUT ? output : input;
        }
        try {
            return method.invoke(instance, values);
        } catch (InvocationTargetException e) {
            throw Handler.sneak(e.getCause() == null ? e : e.getCause());
        } catch (IllegalAccessException e) {
            throw Handler.sneak(e);
        }
    }
}
