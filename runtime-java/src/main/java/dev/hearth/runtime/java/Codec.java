package dev.hearth.runtime.java;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/// Turns an event into the handler's argument, or the handler's result into the answer, for one type.
abstract class Codec {
    private static final String CUSTOM = "META-INF/services/com.amazonaws.services.lambda.runtime.CustomPojoSerializer";

    /// The codec for a type: the function's own serializer if its jar declares one, our small one for types of
    /// the JDK, AWS's serialization library for everything else.
    static Codec of(Type type) {
        if (ClassLoader.getSystemResource(CUSTOM) != null) {
            return CustomCodec.of(type);
        }
        return PlainCodec.accepts(type) ? new PlainCodec(type) : new AwsCodec(type);
    }

    abstract @Nullable Object read(byte[] event, Context context) throws IOException;

    abstract void write(@Nullable Object value, Output output, Context context) throws IOException;

    /// Loads what [#read] and [#write] need.
    ///
    /// @param thorough may make an object of the type
    void rehearse(Context context, boolean thorough) throws IOException {}
}
