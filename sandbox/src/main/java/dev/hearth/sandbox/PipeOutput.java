package dev.hearth.sandbox;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The reading end of a pipe into which a sandbox writes. Ours is non-blocking; the sandbox opens its own end through
/// `/proc`, which makes that one blocking. As long as nobody reads, the writer stands still once the kernel's 64 KB
/// are full.
///
/// The monitor guards the descriptor against being closed during a read, which never waits.
final class PipeOutput implements SandboxOutput, AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int REST_BYTES = 128 * 1024;

    private final OutputPump pump;
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment buffer = arena.allocate(BUFFER_BYTES);
    private final MemorySegment errno = Epoll.newErrno(arena);
    /// -1 once the end was reached or it was closed.
    private int fd;

    /// -1 once it was handed over.
    private int writingFd;

    /// What was in the pipe when it was closed.
    private ByteArrayInputStream rest = new ByteArrayInputStream(new byte[0]);

    private PipeOutput(OutputPump pump, int fd, int writingFd) {
        this.pump = pump;
        this.fd = fd;
        this.writingFd = writingFd;
    }

    static PipeOutput open(OutputPump pump) throws IOException {
        int[] ends = Native.pipe(Native.O_CLOEXEC | Native.O_NONBLOCK);
        return new PipeOutput(pump, ends[0], ends[1]);
    }

    /// A pipe that has ends already.
    ///
    /// @param fd        non-blocking
    /// @param writingFd keeps it from ending until [#handedOver]
    static PipeOutput of(OutputPump pump, int fd, int writingFd) {
        return new PipeOutput(pump, fd, writingFd);
    }

    /// Lets that user of the host open the writing end by its path, as `echo > /dev/stderr` does.
    synchronized void giveTo(int uid) throws IOException {
        Native.fchown(writingFd, uid, uid);
    }

    /// What a process that this one starts opens to write, until [#handedOver].
    synchronized File writingEnd() {
        return new File("/proc/self/fd/" + writingFd);
    }

    /// How a process that comes from this one opens it to write, until [#handedOver].
    synchronized String writingPath() {
        return "/proc/" + ProcessHandle.current().pid() + "/fd/" + writingFd;
    }

    /// The process has it. With ours closed, the end of the last writer is the end of the output.
    synchronized void handedOver() {
        if (writingFd >= 0) {
            Native.close(writingFd);
            writingFd = -1;
        }
    }

    @Override
    public synchronized int poll(byte[] into) {
        if (fd < 0) {
            return rest.read(into, 0, into.length);
        }
        int count = fill(into.length);
        if (count > 0) {
            MemorySegment.copy(buffer, JAVA_BYTE, 0, into, 0, count);
        } else if (count < 0) {
            close();
        }
        return count;
    }

    private int fill(int most) {
        return Epoll.read(fd, most < BUFFER_BYTES ? buffer.asSlice(0, most) : buffer, errno);
    }

    @Override
    public synchronized void onReadable(Runnable readable) {
        if (fd < 0) {
            readable.run();
            return;
        }
        try {
            pump.watch(fd, readable);
        } catch (IOException e) {
            throw new IllegalStateException("the output of a sandbox cannot be watched", e);
        }
    }

    /// Ends what [#onReadable] began.
    synchronized void ignore() {
        if (fd >= 0) {
            pump.forget(fd);
        }
    }

    /// Gives the descriptors back; what is in the pipe can still be polled, then comes the end.
    @Override
    public synchronized void close() {
        handedOver();
        if (fd >= 0) {
            pump.forget(fd);
            rest = new ByteArrayInputStream(takeRest());
            Native.close(fd);
            fd = -1;
        }
    }

    /// A writer that is still there could go on for ever: a little more than fits into a pipe is enough.
    private byte[] takeRest() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int count = fill(BUFFER_BYTES);
        while (count > 0 && bytes.size() < REST_BYTES) {
            bytes.writeBytes(buffer.asSlice(0, count).toArray(JAVA_BYTE));
            count = fill(BUFFER_BYTES);
        }
        return bytes.toByteArray();
    }
}
