package dev.hearth.runtime.java;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON for strings, numbers, maps and lists without AWS's library, whose Jackson takes a few hundred
/// milliseconds of a start to load. Whatever it cannot read or write exactly as Jackson would
/// (lenient JSON, a conversion, an object inside a map) is left to [AwsCodec].
final class PlainCodec extends Codec {
    private static final String SAMPLE = "{\"a\":[\"b\",1,2.5,true,null]}";

    private final Type type;
    private @Nullable AwsCodec aws;

    PlainCodec(Type type) {
        this.type = type;
    }

    /// Whether this codec is for the type.
    static boolean accepts(Type type) {
        if (type instanceof Class) {
            return acceptsClass((Class<?>) type);
        }
        if (!(type instanceof ParameterizedType)) {
            return false;
        }
        ParameterizedType generic = (ParameterizedType) type;
        if (!acceptsClass((Class<?>) generic.getRawType())) {
            return false;
        }
        Type[] arguments = generic.getActualTypeArguments();
        Type element = arguments[arguments.length - 1];
        return (arguments.length == 1 || arguments[0] == String.class) && (isAny(element) || element == String.class);
    }

    private static boolean acceptsClass(Class<?> type) {
        return type == Object.class
                || type == String.class
                || type == Map.class
                || type == LinkedHashMap.class
                || type == List.class
                || type == ArrayList.class
                || type == Integer.class
                || type == int.class
                || type == Long.class
                || type == long.class
                || type == Double.class
                || type == double.class
                || type == Boolean.class
                || type == boolean.class;
    }

    private static boolean isAny(Type type) {
        return type == Object.class
                || (type instanceof WildcardType && ((WildcardType) type).getUpperBounds()[0] == Object.class);
    }

    @Override
    @Nullable
    Object read(byte[] event, Context context) throws IOException {
        try {
            if (!InvocationContext.isAndroid(context)) {
                Object value = JsonValue.read(event);
                if (isOfType(value)) {
                    return value;
                }
            }
        } catch (JsonValue.NotPlain e) {
            // falls through: Jackson accepts it, or says what is wrong in the words people know
        }
        return aws().read(event, context);
    }

    private boolean isOfType(@Nullable Object value) {
        if (value == null) {
            return type == Object.class;
        }
        if (type instanceof Class) {
            return boxed((Class<?>) type).isInstance(value);
        }
        ParameterizedType generic = (ParameterizedType) type;
        if (!((Class<?>) generic.getRawType()).isInstance(value)) {
            return false;
        }
        Type[] arguments = generic.getActualTypeArguments();
        return arguments[arguments.length - 1] != String.class || hasStringsOnly(value);
    }

    private static boolean hasStringsOnly(Object value) {
        Collection<?> elements = value instanceof Map ? ((Map<?, ?>) value).values() : (Collection<?>) value;
        for (Object element : elements) {
            if (!(element instanceof String)) {
                return false;
            }
        }
        return true;
    }

    private static Class<?> boxed(Class<?> type) {
        if (type == int.class) {
            return Integer.class;
        }
        if (type == long.class) {
            return Long.class;
        }
        if (type == double.class) {
            return Double.class;
        }
        return type == boolean.class ? Boolean.class : type;
    }

    @Override
    void write(@Nullable Object value, Output output, Context context) throws IOException {
        StringBuilder json = new StringBuilder();
        if (!InvocationContext.isAndroid(context) && JsonText.value(json, value)) {
            output.write(json.toString().getBytes(StandardCharsets.UTF_8));
        } else {
            aws().write(value, output, context);
        }
    }

    /// Whatever the type: what the JDK's types need is the same for all of them, and AWS's library is left alone.
    @Override
    void rehearse(Context context, boolean thorough) throws IOException {
        try {
            JsonText.value(new StringBuilder(), JsonValue.read(SAMPLE));
        } catch (JsonValue.NotPlain e) {
            throw new IOException(e);
        }
    }

    private AwsCodec aws() {
        AwsCodec codec = aws;
        if (codec == null) {
            codec = new AwsCodec(type);
            aws = codec;
        }
        return codec;
    }
}
