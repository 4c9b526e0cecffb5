package dev.hearth.lambdaapi;

import dev.hearth.http.Response;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/// The one JSON factory, and hand-written documents as responses.
final class Json {
    static final String CONTENT_TYPE = "application/json";

    /// The longest string is a Base64 zip of 50 MB. The pool of buffers is shared because virtual threads come and go.
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(80_000_000)
                    .maxNestingDepth(500)
                    .build())
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .build();

    private Json() {}

    /// Writes the members of one object; its braces are written around it.
    @FunctionalInterface
    interface Members {
        void writeTo(JsonGenerator out);
    }

    static Response response(int status, Members members) {
        return Response.of(status, CONTENT_TYPE, object(members));
    }

    /// Writes a member whose value is text, a number, a truth value, a list or a map.
    static void write(JsonGenerator out, String member, Object value) {
        out.writeName(member);
        write(out, value);
    }

    private static void write(JsonGenerator out, Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                out.writeStartObject();
                map.forEach((name, element) -> write(out, name.toString(), element));
                out.writeEndObject();
            }
            case List<?> list -> {
                out.writeStartArray();
                list.forEach(element -> write(out, element));
                out.writeEndArray();
            }
            case Boolean flag -> out.writeBoolean(flag);
            case Double number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            default -> out.writeString(value.toString());
        }
    }

    static byte[] object(Members members) {
        var bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            members.writeTo(out);
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
