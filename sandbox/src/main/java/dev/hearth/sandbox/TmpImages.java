package dev.hearth.sandbox;

import dev.hearth.model.ByteSize;
import dev.hearth.sandbox.Native.NativeException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// Makes `/tmp`s: sparse ext4 images, mounted through the loop driver. Against a tmpfs that keeps what a function
/// writes out of its memory limit (its pages are cache that the kernel can write back), and the size is still
/// enforced with "No space left on device".
///
/// `mkfs.ext4` runs once for each size. After that an image is a new sparse file into which the few hundred KB are
/// written that were not holes in the first one.
final class TmpImages {
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    /// Below this ext4's own structures leave next to nothing.
    private static final ByteSize SMALLEST = ByteSize.ofMib(4);

    private final Path directory;
    private final Path stage;
    private final NamespaceThread namespaces;
    private final AtomicLong sequence = new AtomicLong();
    private final Map<ByteSize, List<Extent>> templates = new HashMap<>();
    // Held while a template is made, some 20 ms once per size and server: whoever needs the size has to wait anyway.
    private final ReentrantLock lock = new ReentrantLock();

    /// @param directory where the images lie, on a file system that knows sparse files
    /// @param stage     an empty directory to mount on, in private mount namespaces only
    TmpImages(Path directory, Path stage, NamespaceThread namespaces) {
        this.directory = directory;
        this.stage = stage;
        this.namespaces = namespaces;
    }

    /// A new image file, empty but for its file system; the caller deletes it as soon as it is attached.
    Path create(ByteSize size) throws IOException {
        List<Extent> template = template(size.compareTo(SMALLEST) < 0 ? SMALLEST : size);
        Path image = directory.resolve("tmp-" + sequence.incrementAndGet() + ".img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(Math.max(size.bytes(), SMALLEST.bytes()));
            for (Extent extent : template) {
                file.seek(extent.offset());
                file.write(extent.bytes());
            }
        } catch (IOException e) {
            Files.deleteIfExists(image);
            throw e;
        }
        return image;
    }

    /// Mounts an image. To be called inside a namespace of [NamespaceThread].
    static void mount(Path image, Path target) throws IOException {
        try (LoopDevice device = LoopDevice.attach(image)) {
            // discard gives the host its blocks back when a function deletes a file; noinit_itable saves it a kernel
            // thread that writes zeros into inode tables nobody will read.
            Native.mount(
                    device.path(),
                    target.toString(),
                    "ext4",
                    Native.MS_NOSUID | Native.MS_NODEV | Native.MS_NOATIME,
                    "discard,noinit_itable");
        }
    }

    private List<Extent> template(ByteSize size) throws IOException {
        lock.lock();
        try {
            List<Extent> known = templates.get(size);
            if (known == null) {
                known = makeTemplate(size);
                templates.put(size, known);
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private List<Extent> makeTemplate(ByteSize size) throws IOException {
        Path image = directory.resolve("template-" + size.bytes() + ".img");
        try {
            Files.deleteIfExists(image);
            try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(size.bytes());
            }
            Command.run(
                    "mkfs.ext4",
                    "-q",
                    "-O",
                    "^has_journal",
                    "-E",
                    "lazy_itable_init=1,nodiscard",
                    "-m",
                    "0",
                    image.toString());
            namespaces.inNewNamespaces(() -> {
                prepareRoot(image);
                return image;
            });
            return extents(image);
        } finally {
            Files.deleteIfExists(image);
        }
    }

    private void prepareRoot(Path image) throws IOException {
        mount(image, stage);
        try {
            Files.delete(stage.resolve("lost+found"));
            Files.setAttribute(stage, "unix:mode", 01777);
        } finally {
            Native.umount(stage.toString());
        }
    }

    private static List<Extent> extents(Path image) throws IOException {
        List<Extent> extents = new ArrayList<>();
        int fd = Native.open(image.toString(), Native.O_CLOEXEC);
        try (FileChannel channel = FileChannel.open(image)) {
            long start = nextData(fd, 0);
            while (start >= 0) {
                long end = Native.lseek(fd, start, SEEK_HOLE);
                extents.add(read(channel, start, (int) (end - start)));
                start = nextData(fd, end);
            }
        } finally {
            Native.close(fd);
        }
        return List.copyOf(extents);
    }

    private static long nextData(int fd, long from) throws IOException {
        try {
            return Native.lseek(fd, from, SEEK_DATA);
        } catch (NativeException e) {
            if (e.errno() == NativeException.ENXIO) {
                return -1;
            }
            throw e;
        }
    }

    private static Extent read(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
            // keeps reading until the extent is full
        }
        return new Extent(offset, bytes.array());
    }

    private record Extent(long offset, byte[] bytes) {}
}
