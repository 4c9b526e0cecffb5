package dev.hearth.lambdaapi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/// One message of an event stream, read by the description of its form rather than by what writes it.
record Frame(Map<String, String> headers, byte[] payload) {
    /// Reads messages up to the end; a wrong checksum fails the test.
    static List<Frame> read(byte[] bytes) {
        var frames = new ArrayList<Frame>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            int start = in.position();
            int total = in.getInt();
            int headerBytes = in.getInt();
            check(bytes, start, 8, in.getInt());
            Map<String, String> headers = headers(in, in.position() + headerBytes);
            byte[] payload = new byte[total - headerBytes - 16];
            in.get(payload);
            check(bytes, start, total - 4, in.getInt());
            frames.add(new Frame(headers, payload));
        }
        return frames;
    }

    private static Map<String, String> headers(ByteBuffer in, int end) {
        var headers = new LinkedHashMap<String, String>();
        while (in.position() < end) {
            String name = text(in, in.get());
            if (in.get() != 7) {
                throw new AssertionError(name + " is no string");
            }
            headers.put(name, text(in, in.getShort()));
        }
        return headers;
    }

    private static String text(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void check(byte[] bytes, int from, int length, int expected) {
        var crc = new CRC32();
        crc.update(bytes, from, length);
        if ((int) crc.getValue() != expected) {
            throw new AssertionError("wrong checksum at " + (from + length));
        }
    }

    String type() {
        return headers.getOrDefault(":event-type", "");
    }

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /// A line for each message.
    static String written(byte[] bytes) {
        return read(bytes).stream()
                .map(frame -> frame.headers + " " + frame.text())
                .collect(Collectors.joining("\n"));
    }
}
