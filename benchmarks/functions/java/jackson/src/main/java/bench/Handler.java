package bench;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/// Answers with the event's id, by way of an object mapper of its own.
public final class Handler implements RequestStreamHandler {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /// The event.
    public record Item(String id, int count, List<String> tags, Map<String, Double> prices) {}

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        MAPPER.writeValue(answer, MAPPER.readValue(event, Item.class).id());
    }
}
