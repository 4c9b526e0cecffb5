package dev.hearth.runtime.java;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Finds what a class fills in for the type parameters of a generic interface, through superclasses and
/// interfaces, the nearest declaration first (the rule of AWS's EventHandlerLoader).
final class TypeArguments {
    private final Class<?> type;
    private final Type @Nullable [] arguments;

    private TypeArguments(Class<?> type, Type @Nullable [] arguments) {
        this.type = type;
        this.arguments = arguments;
    }

    /// The arguments, where some may still be type variables; null when the class gives none.
    static Type @Nullable [] of(Class<?> type, Class<?> wanted) {
        ArrayDeque<TypeArguments> queue = new ArrayDeque<>();
        queue.add(new TypeArguments(type, null));
        while (!queue.isEmpty()) {
            TypeArguments current = queue.remove();
            for (Type declared : current.type.getGenericInterfaces()) {
                TypeArguments parent = current.resolve(declared);
                if (declared instanceof ParameterizedType && wanted.isAssignableFrom(parent.type)) {
                    return parent.arguments;
                }
                queue.add(parent);
            }
            Type superclass = current.type.getGenericSuperclass();
            if (superclass != null) {
                queue.add(current.resolve(superclass));
            }
        }
        return null;
    }

    private TypeArguments resolve(Type declared) {
        if (declared instanceof Class) {
            return new TypeArguments((Class<?>) declared, null);
        }
        ParameterizedType generic = (ParameterizedType) declared;
        Type[] resolved = generic.getActualTypeArguments();
        for (int i = 0; i < resolved.length; i++) {
            if (resolved[i] instanceof TypeVariable) {
                resolved[i] = resolve((TypeVariable<?>) resolved[i]);
            }
        }
        return new TypeArguments((Class<?>) generic.getRawType(), resolved);
    }

    private Type resolve(TypeVariable<?> variable) {
        TypeVariable<?>[] parameters = type.getTypeParameters();
        for (int i = 0; arguments != null && i < parameters.length; i++) {
            if (parameters[i].getName().equals(variable.getName())) {
                return arguments[i];
            }
        }
        return variable;
    }
}
