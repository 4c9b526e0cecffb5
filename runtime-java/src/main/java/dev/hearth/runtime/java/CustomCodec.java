package dev.hearth.runtime.java;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// The serializer that the function's own jar declares as a service.
final class CustomCodec extends Codec {
    private static @Nullable CustomPojoSerializer shared;

    private final CustomPojoSerializer serializer;
    private final Type type;

    private CustomCodec(CustomPojoSerializer serializer, Type type) {
        this.serializer = serializer;
        this.type = type;
    }

    static Codec of(Type type) {
        CustomPojoSerializer serializer = shared;
        if (serializer == null) {
            serializer = load();
            shared = serializer;
        }
        return new CustomCodec(serializer, type);
    }

    private static CustomPojoSerializer load() {
        Iterator<CustomPojoSerializer> found =
                ServiceLoader.load(CustomPojoSerializer.class).iterator();
        CustomPojoSerializer serializer = found.next();
        if (found.hasNext()) {
            throw new IllegalStateException(
                    "Too many serializers provided inside the META-INF/services folder, only one is allowed");
        }
        return serializer;
    }

    @Override
    @Nullable
    Object read(byte[] event, Context context) {
        return serializer.fromJson(new ByteArrayInputStream(event), type);
    }

    @Override
    void write(@Nullable Object value, Output output, Context context) {
        serializer.toJson(value, output, type);
    }
}
