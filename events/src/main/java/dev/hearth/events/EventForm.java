package dev.hearth.events;

import dev.hearth.model.AsyncInvocation;
import dev.hearth.model.Payload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// Events as bytes. Texts have a length of four bytes, because clients' contexts may be longer than `writeUTF` bears.
final class EventForm {
    private static final int BODY_VERSION = 1;
    private static final int STANDING_VERSION = 1;

    private EventForm() {}

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    static byte[] body(StoredEvent event) {
        return bytes(event.call().payload().size() + 512, out -> {
            AsyncInvocation call = event.call();
            out.writeByte(BODY_VERSION);
            text(out, call.requestId());
            text(out, call.function());
            text(out, call.qualifier());
            text(out, call.invokedArn());
            text(out, call.traceId());
            text(out, call.clientContext().orElse(""));
            out.writeLong(event.acceptedAt().toEpochMilli());
            out.writeByte(event.hops());
            out.writeBoolean(event.source().isPresent());
            if (event.source().isPresent()) {
                write(out, event.source().get());
            }
            out.writeInt(call.payload().size());
            out.write(call.payload().bytes());
        });
    }

    private static void write(DataOutputStream out, Source source) throws IOException {
        text(out, source.requestId());
        text(out, source.function());
        text(out, source.qualifier());
        out.writeByte(source.condition().code());
    }

    static StoredEvent body(byte[] bytes) {
        return read(bytes, BODY_VERSION, "event", in -> {
            String id = text(in);
            String function = text(in);
            String qualifier = text(in);
            String arn = text(in);
            String trace = text(in);
            Optional<String> context = Optional.of(text(in)).filter(given -> !given.isEmpty());
            Instant acceptedAt = Instant.ofEpochMilli(in.readLong());
            int hops = in.readByte();
            Optional<Source> source = in.readBoolean() ? Optional.of(source(in)) : Optional.empty();
            var payload = new Payload(in.readNBytes(in.readInt()));
            var call = new AsyncInvocation(id, function, qualifier, arn, payload, trace, context);
            return new StoredEvent(call, acceptedAt, hops, source);
        });
    }

    private static Source source(DataInputStream in) throws IOException {
        return new Source(text(in), text(in), text(in), Condition.of(in.readByte()));
    }

    static byte[] standing(Standing standing) {
        return bytes(64, out -> {
            out.writeByte(STANDING_VERSION);
            out.writeByte(standing.state().code());
            out.writeInt(standing.attempts());
            out.writeLong(standing.since().toEpochMilli());
            out.writeLong(standing.due().toEpochMilli());
            text(out, standing.reason());
        });
    }

    static Standing standing(byte[] bytes) {
        return read(
                bytes,
                STANDING_VERSION,
                "standing",
                in -> new Standing(
                        EventState.of(in.readByte()),
                        in.readInt(),
                        Instant.ofEpochMilli(in.readLong()),
                        Instant.ofEpochMilli(in.readLong()),
                        text(in)));
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(int expected, Writing writing) {
        var bytes = new ByteArrayOutputStream(expected);
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static <T> T read(byte[] bytes, int version, String what, Reading<T> reading) {
        try {
            var in = new DataInputStream(new ByteArrayInputStream(bytes));
            int found = in.readByte();
            if (found != version) {
                throw new IllegalStateException("The journal of events holds an " + what + " of version " + found
                        + ", which this Hearth does not know: a newer one wrote it. Start that one.");
            }
            return reading.from(in);
        } catch (IOException e) {
            throw new UncheckedIOException("An " + what + " in the journal of events is cut off", e);
        }
    }
}
