package dev.hearth.sandbox;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.hearth.sandbox.Native.NativeException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// A file as a block device, by Linux's loop driver (`LOOP_CONFIGURE`, Linux 5.8; see loop(4)). The device
/// detaches by itself when it is neither open nor mounted any more, so nothing is left after a crash.
record LoopDevice(String path, int fd) implements AutoCloseable {
    private static final long LOOP_CTL_GET_FREE = 0x4C82;
    private static final long LOOP_CONFIGURE = 0x4C0A;
    /// `struct loop_config`: u32 fd, u32 block_size, struct loop_info64 (232 bytes), u64 reserved[8].
    private static final long CONFIG_BYTES = 304;

    private static final long LO_FLAGS_OFFSET = 8 + 52;
    private static final int LO_FLAGS_AUTOCLEAR = 4;
    private static final int ATTEMPTS = 64;

    /// Attaches `image`; it may be unlinked as soon as this returns.
    static LoopDevice attach(Path image) throws IOException {
        int control = Native.open("/dev/loop-control", Native.O_RDWR | Native.O_CLOEXEC);
        int file = -1;
        try {
            file = Native.open(image.toString(), Native.O_RDWR | Native.O_CLOEXEC);
            return attach(control, file);
        } finally {
            Native.close(control);
            if (file >= 0) {
                Native.close(file);
            }
        }
    }

    private static LoopDevice attach(int control, int file) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String path = "/dev/loop" + Native.ioctl(control, LOOP_CTL_GET_FREE, MemorySegment.NULL);
            int device = Native.open(path, Native.O_RDWR | Native.O_CLOEXEC);
            try {
                configure(device, file);
                return new LoopDevice(path, device);
            } catch (NativeException e) {
                Native.close(device);
                if (e.errno() != NativeException.EBUSY) {
                    throw e;
                }
                // Another process took the same free device between the two calls: ask again.
            }
        }
        throw new IOException("no free loop device after " + ATTEMPTS + " attempts");
    }

    private static void configure(int device, int file) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment config = arena.allocate(CONFIG_BYTES, 8);
            config.set(JAVA_INT, 0, file);
            config.set(JAVA_INT, LO_FLAGS_OFFSET, LO_FLAGS_AUTOCLEAR);
            Native.ioctl(device, LOOP_CONFIGURE, config);
        }
    }

    @Override
    public void close() {
        Native.close(fd);
    }
}
