package dev.hearth.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/// Events as lines of JSON over one connection. What its peer has read nobody knows.
final class TcpDelivery implements Delivery {
    private final SandboxConnection connection;

    TcpDelivery(SandboxConnection connection) {
        this.connection = connection;
    }

    @Override
    public void send(List<byte[]> events) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (byte[] event : events) {
            lines.writeBytes(event);
            lines.write('\n');
        }
        connection.open();
        try {
            connection.write(lines.toByteArray());
        } catch (IOException e) {
            connection.lose();
            throw e;
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
