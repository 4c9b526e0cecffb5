package dev.hearth.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// Messages of an event stream, as the server sends them.
final class Messages {
    private Messages() {}

    static byte[] of(String type, byte[] payload) {
        byte[] headers =
                (header(":message-type", "event") + header(":event-type", type)).getBytes(StandardCharsets.ISO_8859_1);
        var message = new byte[16 + headers.length + payload.length];
        ByteBuffer out = ByteBuffer.wrap(message).putInt(message.length).putInt(headers.length);
        out.putInt(crc(message, out.position()));
        out.put(headers).put(payload);
        out.putInt(crc(message, out.position()));
        return message;
    }

    private static String header(String name, String value) {
        return (char) name.length() + name + (char) 7 + (char) 0 + (char) value.length() + value;
    }

    private static int crc(byte[] bytes, int length) {
        var crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
