package dev.hearth.runtime.java;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;

/// Finds the handler that a handler string names: `pkg.Class`, which implements one of AWS's interfaces,
/// or `pkg.Class::method`.
///
/// What goes wrong is worded as AWS's Java runtime interface client 2.9.0 words it, and told when that
/// tells it: a static initialiser or constructor that throws fails the initialisation, everything else
/// fails each invocation.
final class HandlerLoader {
    private HandlerLoader() {}

    /// @throws Fault when the function cannot be initialised
    static Handler load(String name) {
        int separator = name.lastIndexOf("::");
        String className = separator < 0 ? name : name.substring(0, separator);
        if (className.isEmpty() || separator == name.length() - 2) {
            return new Handler.Faulty(Fault.of("Invalid handler: `" + name + "'"));
        }
        Class<?> type;
        try {
            type = Class.forName(className);
        } catch (ClassNotFoundException e) {
            return new Handler.Faulty(Fault.classNotFound(className, e));
        } catch (NoClassDefFoundError e) {
            return new Handler.Faulty(Fault.classNotLoaded(className, e));
        } catch (Throwable thrown) {
            throw Fault.classNotLoaded(className, thrown);
        }
        return separator < 0 ? ofClass(type) : ofMethod(type, name.substring(separator + 2));
    }

    private static Handler ofClass(Class<?> type) {
        try {
            if (RequestStreamHandler.class.isAssignableFrom(type)) {
                return new StreamHandler((RequestStreamHandler) newInstance(type));
            }
            if (RequestHandler.class.isAssignableFrom(type)) {
                Type[] arguments = typeArguments(type);
                return new ObjectHandler((RequestHandler<?, ?>) newInstance(type), arguments[0], arguments[1]);
            }
            throw Fault.of("Class does not implement an appropriate handler interface: " + type.getName());
        } catch (Throwable thrown) {
            return faulty(thrown);
        }
    }

    private static Handler ofMethod(Class<?> type, String method) {
        try {
            return HandlerMethods.load(type, method);
        } catch (Throwable thrown) {
            return faulty(thrown);
        }
    }

    private static Handler faulty(Throwable thrown) {
        Fault fault = thrown instanceof Fault ? (Fault) thrown : Fault.of(thrown, false);
        if (fault.fatal()) {
            throw fault;
        }
        return new Handler.Faulty(fault);
    }

    private static Type[] typeArguments(Class<?> type) {
        Type[] arguments = TypeArguments.of(type, RequestHandler.class);
        if (arguments == null) {
            throw Fault.of(
                    "Class " + type.getName() + " does not implement RequestHandler with concrete type parameters");
        }
        if (arguments.length != 2) {
            throw Fault.of(
                    "Invalid class signature for RequestHandler. Expected two generic types, got " + arguments.length);
        }
        requireBound(type, arguments[0]);
        requireBound(type, arguments[1]);
        return arguments;
    }

    private static void requireBound(Class<?> type, Type argument) {
        if (!(argument instanceof TypeVariable)) {
            return;
        }
        for (Type bound : ((TypeVariable<?>) argument).getBounds()) {
            if (bound != Object.class) {
                return;
            }
        }
        throw Fault.of("Class " + type.getName()
                + " does not implement RequestHandler with concrete type parameters: parameter " + argument
                + " has no upper bound.");
    }

    /// Calls the public constructor without parameters.
    ///
    /// @throws Fault fatal, when the constructor throws
    static Object newInstance(Class<?> type) throws Exception {
        try {
            return constructor(type).newInstance();
        } catch (InvocationTargetException e) {
            throw Fault.of(e.getCause() == null ? e : e.getCause(), true);
        }
    }

    private static Constructor<?> constructor(Class<?> type) throws Exception {
        try {
            return type.getConstructor();
        } catch (NoSuchMethodException e) {
            if (type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers())) {
                throw new Exception(
                        "Class " + type.getName() + " cannot be instantiated because it is a non-static inner class");
            }
            throw new Exception("Class " + type.getName() + " has no public zero-argument constructor", e);
        }
    }
}
