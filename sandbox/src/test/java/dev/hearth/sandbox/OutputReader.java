package dev.hearth.sandbox;

import java.io.InputStream;
import java.util.concurrent.Semaphore;

/// A sandbox's output as a stream that blocks, for tests.
final class OutputReader extends InputStream {
    private final SandboxOutput output;
    private final Semaphore news = new Semaphore(0);

    OutputReader(SandboxOutput output) {
        this.output = output;
        output.onReadable(news::release);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        byte[] bytes = new byte[length];
        int count = output.poll(bytes);
        while (count == 0) {
            news.acquireUninterruptibly();
            news.drainPermits();
            count = output.poll(bytes);
        }
        if (count > 0) {
            System.arraycopy(bytes, 0, into, offset, count);
        }
        return count;
    }
}
