package dev.hearth.lambdaapi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// Messages of `application/vnd.amazon.eventstream`: the form in which AWS sends events over one HTTP response.
///
/// ```
/// total bytes (4) │ bytes of headers (4) │ CRC-32 of these 8 (4) │ headers │ payload │ CRC-32 of all before (4)
/// header: length of name (1) │ name │ 7, a string (1) │ length of value (2) │ value
/// ```
///
/// [Smithy's description](https://smithy.io/2.0/aws/amazon-eventstream.html)
final class EventFrames {
    static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";

    private static final int AROUND = 16;
    private static final byte STRING = 7;
    private static final byte[] CHUNK = headers("PayloadChunk", "application/octet-stream");
    private static final byte[] COMPLETE = headers("InvokeComplete", "application/json");

    private EventFrames() {}

    /// A part of the answer.
    static byte[] chunk(byte[] payload) {
        return frame(CHUNK, payload);
    }

    /// The end of the invocation.
    ///
    /// @param json what is to be said of it
    static byte[] complete(byte[] json) {
        return frame(COMPLETE, json);
    }

    private static byte[] frame(byte[] headers, byte[] payload) {
        byte[] frame = new byte[AROUND + headers.length + payload.length];
        ByteBuffer out = ByteBuffer.wrap(frame).putInt(frame.length).putInt(headers.length);
        out.putInt(crc(frame, out.position()));
        out.put(headers).put(payload);
        out.putInt(crc(frame, out.position()));
        return frame;
    }

    private static int crc(byte[] bytes, int length) {
        var crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static byte[] headers(String event, String contentType) {
        var out = new ByteArrayOutputStream();
        header(out, ":event-type", event);
        header(out, ":content-type", contentType);
        header(out, ":message-type", "event");
        return out.toByteArray();
    }

    private static void header(ByteArrayOutputStream out, String name, String value) {
        byte[] nameBytes = name.getBytes(StandardCharsets.US_ASCII);
        byte[] valueBytes = value.getBytes(StandardCharsets.US_ASCII);
        out.write(nameBytes.length);
        out.writeBytes(nameBytes);
        out.write(STRING);
        out.write(valueBytes.length >> 8);
        out.write(valueBytes.length);
        out.writeBytes(valueBytes);
    }
}
