package dev.hearth.runtime.java;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/// A handler that reads and writes bytes.
final class StreamHandler extends Handler {
    private final RequestStreamHandler function;

    StreamHandler(RequestStreamHandler function) {
        this.function = function;
    }

    @Override
    void call(byte[] event, Context context, Output output) throws IOException {
        output.begin();
        function.handleRequest(new ByteArrayInputStream(event), output, context);
    }
}
