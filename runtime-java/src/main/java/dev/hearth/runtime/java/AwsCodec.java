package dev.hearth.runtime.java;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.GsonFactory;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/// AWS's serialization library: its event classes with their own rules, Jackson for other types, Gson for
/// callers that say they are Android.
final class AwsCodec extends Codec {
    private static final byte[] EMPTY = {'{', '}'};

    private final Type type;
    private final PojoSerializer<Object> serializer;
    private final boolean isEvent;

    AwsCodec(Type type) {
        this.type = type;
        this.isEvent = type instanceof Class && LambdaEventSerializers.isLambdaSupportedEvent(type.getTypeName());
        this.serializer = isEvent
                ? eventSerializer((Class<?>) type)
                : JacksonFactory.getInstance().getSerializer(type);
    }

    @SuppressWarnings("unchecked")
    private static PojoSerializer<Object> eventSerializer(Class<?> event) {
        return LambdaEventSerializers.serializerFor((Class<Object>) event, ClassLoader.getSystemClassLoader());
    }

    private PojoSerializer<Object> serializer(Context context) {
        return !isEvent && InvocationContext.isAndroid(context)
                ? GsonFactory.getInstance().getSerializer(type)
                : serializer;
    }

    @Override
    @Nullable
    Object read(byte[] event, Context context) {
        return serializer(context).fromJson(new ByteArrayInputStream(event));
    }

    @Override
    void rehearse(Context context, boolean thorough) {
        if (thorough) {
            write(read(EMPTY, context), new Output(), context);
        }
    }

    @Override
    void write(@Nullable Object value, Output output, Context context) {
        serializer(context).toJson(value, output);
    }
}
