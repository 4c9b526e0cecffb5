package dev.hearth.runtime.java;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/// A handler that takes an object and gives one.
final class ObjectHandler extends Handler {
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final RequestHandler<Object, Object> function;
    private final @Nullable Codec input;
    private final @Nullable Codec output;

    /// @param input  the argument's type; null when the function takes none
    /// @param output the result's type
    @SuppressWarnings("unchecked")
    ObjectHandler(RequestHandler<?, ?> function, @Nullable Type input, Type output) {
        this.function = (RequestHandler<Object, Object>) function;
        this.input = input == null ? null : Codec.of(input);
        this.output = output == void.class || output == Void.class ? null : Codec.of(output);
    }

    @Override
    void call(byte[] event, Context context, Output answer) throws IOException {
        Object argument = read(event, context);
        answer.begin();
        Object result = function.handleRequest(argument, context);
        answer.end();
        try {
            if (output == null) {
                answer.write(NULL);
            } else {
                output.write(result, answer, context);
            }
        } catch (Throwable thrown) {
            throw new RuntimeException("An error occurred during JSON serialization of response", thrown);
        }
    }

    @Override
    void rehearse(Context context, boolean thorough) throws IOException {
        if (input != null) {
            input.rehearse(context, thorough);
        }
        if (output != null) {
            output.rehearse(context, thorough);
        }
    }

    // The function has the last word on whether it takes a null.
    @SuppressWarnings("NullAway")
    private Object read(byte[] event, Context context) {
        try {
            return input == null ? null : input.read(event, context);
        } catch (Throwable thrown) {
            throw new RuntimeException("An error occurred during JSON parsing", thrown);
        }
    }
}
