package dev.hearth.runtime.java;

import com.amazonaws.services.lambda.runtime.Context;
import dev.hearth.runtime.java.MethodHandler.Argument;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/// Chooses among the public methods of one name as AWS does: methods written by the author before bridge
/// methods, then the most parameters, where a last parameter of type `Context` counts twice; the first
/// whose parameters are understood is taken. Understood are
/// `()`, `(Event)`, `(Context)`, `(Event, Context)`, `(InputStream)`, `(OutputStream)`, `(InputStream, Context)`,
/// `(OutputStream, Context)`, `(InputStream, OutputStream)` and `(InputStream, OutputStream, Context)`.
final class HandlerMethods {
    private HandlerMethods() {}

    /// @throws Fault when no method fits
    static Handler load(Class<?> type, String name) throws Exception {
        Method[] methods;
        try {
            methods = type.getMethods();
        } catch (NoClassDefFoundError e) {
            throw Fault.of("Error loading method " + name + " on class " + type.getName(), e);
        }
        for (Method method = takeBest(methods, name); method != null; method = takeBest(methods, name)) {
            Argument[] arguments = arguments(method);
            if (arguments != null) {
                return handler(type, method, arguments);
            }
        }
        throw Fault.of("No public method named " + name + " with appropriate method signature found on class "
                + type.getName());
    }

    /// Removes the method of that name which comes first and gives it, or null when none is left.
    private static @Nullable Method takeBest(@Nullable Method[] methods, String name) {
        int best = -1;
        Method bestMethod = null;
        for (int i = 0; i < methods.length; i++) {
            Method method = methods[i];
            if (method != null
                    && method.getName().equals(name)
                    && (bestMethod == null || rank(method) > rank(bestMethod))) {
                best = i;
                bestMethod = method;
            }
        }
        if (best >= 0) {
            methods[best] = null;
        }
        return bestMethod;
    }

    private static int rank(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        int rank = parameters.length;
        if (rank > 0 && parameters[rank - 1] == Context.class) {
            rank++;
        }
        return method.isBridge() ? rank : rank + 1000;
    }

    private static Handler handler(Class<?> type, Method method, Argument[] arguments) throws Exception {
        boolean stream = arguments.length > 0 && (arguments[0] == Argument.INPUT || arguments[0] == Argument.OUTPUT);
        Class<?> result = method.getReturnType();
        if (stream && result != void.class && result != Void.class) {
            System.err.println("Will ignore return type " + result + " on byte stream handler");
        }
        Object instance = Modifier.isStatic(method.getModifiers()) ? null : HandlerLoader.newInstance(type);
        MethodHandler function = new MethodHandler(method, instance, arguments);
        if (stream) {
            return new StreamHandler(function);
        }
        boolean takesEvent = arguments.length > 0 && arguments[0] == Argument.EVENT;
        Type event = takesEvent ? method.getGenericParameterTypes()[0] : null;
        return new ObjectHandler(function, event, method.getGenericReturnType());
    }

    private static Argument @Nullable [] arguments(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length > 3) {
            return ignore(
                    "an overload of method " + method.getName()
                            + " because it has too many parameters: Expected at most 3, got ",
                    String.valueOf(parameters.length));
        }
        Argument[] arguments = new Argument[parameters.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(parameters[i]);
        }
        switch (arguments.length) {
            case 2:
                return pair(arguments, parameters);
            case 3:
                return arguments[0] == Argument.INPUT
                                && arguments[1] == Argument.OUTPUT
                                && arguments[2] == Argument.CONTEXT
                        ? arguments
                        : ignore(
                                "three-argument overload because argument signature is not"
                                        + " (InputStream, OutputStream, Context",
                                "");
            default:
                return arguments;
        }
    }

    private static Argument @Nullable [] pair(Argument[] arguments, Class<?>[] parameters) {
        boolean withContext = arguments[1] == Argument.CONTEXT;
        switch (arguments[0]) {
            case CONTEXT:
                return ignore("two-argument overload because first argument type is Context", "");
            case OUTPUT:
                return withContext
                        ? arguments
                        : ignore(
                                "two-argument overload because first argument type is OutputStream and second"
                                        + " argument type is not Context",
                                "");
            case INPUT:
                return withContext || arguments[1] == Argument.OUTPUT
                        ? arguments
                        : ignore(
                                "two-argument overload because second parameter type, ",
                                parameters[1].getName() + ", is not OutputStream.");
            case EVENT:
                break;
        }
        return withContext
                ? arguments
                : ignore("two-argument overload because second parameter type is not Context", "");
    }

    private static Argument argument(Class<?> parameter) {
        if (parameter == InputStream.class) {
            return Argument.INPUT;
        }
        if (parameter == OutputStream.class) {
            return Argument.OUTPUT;
        }
        return parameter == Context.class ? Argument.CONTEXT : Argument.EVENT;
    }

    private static Argument @Nullable [] ignore(String what, String detail) {
        System.err.println("Ignoring " + what + detail);
        return null;
    }
}
