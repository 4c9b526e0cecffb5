package dev.hearth.sandbox;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/// The few libc calls that the JDK does not offer. Each throws a [NativeException] with the errno. Safe for any
/// thread, though what `unshare` and `setns` change belongs to the calling thread alone: see [NamespaceThread].
final class Native {
    static final int O_RDWR = 2;
    static final int O_CLOEXEC = 0x80000;

    static final int O_NONBLOCK = 0x800;

    static final int SIGUSR1 = 10;
    static final int SIGCONT = 18;
    static final int SIGSTOP = 19;
    static final int MADV_WILLNEED = 3;
    static final int MADV_PAGEOUT = 21;

    static final int CLONE_FS = 0x200;
    static final int CLONE_NEWNS = 0x20000;
    static final int CLONE_NEWNET = 0x40000000;

    static final long MS_NOSUID = 2;
    static final long MS_NODEV = 4;
    static final long MS_NOATIME = 1024;
    static final long MS_BIND = 4096;
    static final long MS_REC = 16384;
    static final long MS_PRIVATE = 1 << 18;

    // The same on every architecture, as all calls since Linux 5.1 are. glibc knows them since 2.36 only.
    private static final long PIDFD_SEND_SIGNAL = 424;
    private static final long OPEN_TREE = 428;
    private static final long MOVE_MOUNT = 429;
    private static final long PIDFD_OPEN = 434;
    private static final long PROCESS_MADVISE = 440;
    private static final long MOUNT_SETATTR = 442;

    private static final long AT_FDCWD = -100;
    private static final long AT_EMPTY_PATH = 0x1000;
    private static final long AT_RECURSIVE = 0x8000;
    private static final long MOUNT_ATTR_RDONLY = 1;
    private static final long MOUNT_ATTR_NOSUID = 2;
    private static final long MOUNT_ATTR_NODEV = 4;
    private static final long OPEN_TREE_CLONE = 1;
    private static final long MOVE_MOUNT_F_EMPTY_PATH = 4;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle UNSHARE = find("unshare", JAVA_INT);
    private static final MethodHandle SETNS = find("setns", JAVA_INT, JAVA_INT);
    private static final MethodHandle LSEEK = LINKER.downcallHandle(
            address("lseek"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT),
            Linker.Option.captureCallState("errno"));
    private static final MethodHandle WRITE = LINKER.downcallHandle(
            address("write"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG),
            Linker.Option.captureCallState("errno"));
    private static final MethodHandle SYSCALL = LINKER.downcallHandle(
            address("syscall"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle CLOSE = find("close", JAVA_INT);
    private static final MethodHandle PIPE2 = find("pipe2", ADDRESS, JAVA_INT);
    private static final MethodHandle MKFIFO = find("mkfifo", ADDRESS, JAVA_INT);
    private static final MethodHandle FCHOWN = find("fchown", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle EVENTFD = find("eventfd", JAVA_INT, JAVA_INT);
    private static final MethodHandle EVENTFD_WRITE = find("eventfd_write", JAVA_INT, JAVA_LONG);
    private static final MethodHandle SOCKET = find("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle UMOUNT2 = find("umount2", ADDRESS, JAVA_INT);
    private static final MethodHandle MOUNT = find("mount", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle SETPRIORITY = find("setpriority", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle OPEN = findVariadic("open", 2, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle IOCTL = findVariadic("ioctl", 2, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle STRERROR =
            LINKER.downcallHandle(address("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private Native() {}

    static void unshare(int flags) throws NativeException {
        call("unshare", state -> (int) UNSHARE.invokeExact(state, flags));
    }

    /// Sets the niceness of the calling thread alone, as Linux has it.
    static void nice(int niceness) throws NativeException {
        int _ = call("setpriority", state -> (int) SETPRIORITY.invokeExact(state, 0, 0, niceness));
    }

    static void setns(int fd, int type) throws NativeException {
        call("setns", state -> (int) SETNS.invokeExact(state, fd, type));
    }

    static int open(String path, int flags) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(path);
            return call("open " + path, state -> (int) OPEN.invokeExact(state, text, flags, 0));
        }
    }

    /// Linux closes the descriptor whatever it answers, so there is nothing to do about an error.
    static void close(int fd) {
        try {
            call("close", state -> (int) CLOSE.invokeExact(state, fd));
        } catch (NativeException e) {
            System.getLogger("dev.hearth.sandbox")
                    .log(System.Logger.Level.DEBUG, "close failed fd={0} error={1}", fd, e);
        }
    }

    /// For control files, which take a word whole or not at all.
    static void write(int fd, MemorySegment bytes) throws NativeException {
        callLong("write", state -> (long) WRITE.invokeExact(state, fd, bytes, bytes.byteSize()));
    }

    /// A descriptor of a process: stands for it alone, also after its id has gone to another.
    static int pidfdOpen(long pid) throws NativeException {
        return (int) syscall("pidfd_open " + pid, PIDFD_OPEN, pid, MemorySegment.NULL, 0, 0, 0);
    }

    static void pidfdSendSignal(int pidfd, int signal) throws NativeException {
        // Its second argument is a number and its third a pointer, the other way round than the handle has them: both
        // go in registers of the same kind.
        syscall("pidfd_send_signal", PIDFD_SEND_SIGNAL, pidfd, MemorySegment.ofAddress(signal), 0, 0, 0);
    }

    /// A copy of what is mounted there, mounted nowhere: it vanishes with its descriptor.
    static int openTree(String path) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(path);
            return (int) syscall("open_tree " + path, OPEN_TREE, AT_FDCWD, text, OPEN_TREE_CLONE | O_CLOEXEC, 0, 0);
        }
    }

    /// As [#openTree], with all that is mounted below, read-only and without devices and set-user-id programs; what is
    /// mounted there later on the host does not appear in it. Needs Linux 5.12.
    static int openReadOnlyTree(String path) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(path);
            long flags = OPEN_TREE_CLONE | O_CLOEXEC | AT_RECURSIVE;
            int tree = (int) syscall("open_tree " + path, OPEN_TREE, AT_FDCWD, text, flags, 0, 0);
            // struct mount_attr: what to set, what to clear, propagation, user namespace
            MemorySegment attributes = arena.allocate(JAVA_LONG, 4);
            attributes.setAtIndex(JAVA_LONG, 0, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV);
            attributes.setAtIndex(JAVA_LONG, 2, MS_PRIVATE);
            try {
                syscall(
                        "mount_setattr " + path,
                        MOUNT_SETATTR,
                        tree,
                        arena.allocateFrom(""),
                        AT_EMPTY_PATH | AT_RECURSIVE,
                        attributes.address(),
                        attributes.byteSize());
            } catch (NativeException e) {
                close(tree);
                throw e;
            }
            return tree;
        }
    }

    /// Mounts what a descriptor of [#openTree] or [#openReadOnlyTree] stands for.
    static void moveMount(int mount, String target) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment empty = arena.allocateFrom("");
            MemorySegment text = arena.allocateFrom(target);
            syscall(
                    "move_mount to " + target,
                    MOVE_MOUNT,
                    mount,
                    empty,
                    AT_FDCWD,
                    text.address(),
                    MOVE_MOUNT_F_EMPTY_PATH);
        }
    }

    static void mkfifo(String path, int mode) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(path);
            call("mkfifo " + path, state -> (int) MKFIFO.invokeExact(state, text, mode));
        }
    }

    /// @param vectors `struct iovec`
    /// @return for how many bytes it was done
    static long processMadvise(int pidfd, MemorySegment vectors, int count, int advice) throws NativeException {
        return syscall("process_madvise", PROCESS_MADVISE, pidfd, vectors, count, advice, 0);
    }

    private static long syscall(String what, long number, long a, MemorySegment b, long c, long d, long e)
            throws NativeException {
        return callLong(what, state -> (long) SYSCALL.invokeExact(state, number, a, b, c, d, e));
    }

    /// @param whence 3 (`SEEK_DATA`) finds the next byte that is not in a hole, 4 (`SEEK_HOLE`) the next that is
    static long lseek(int fd, long offset, int whence) throws NativeException {
        return callLong("lseek", state -> (long) LSEEK.invokeExact(state, fd, offset, whence));
    }

    /// Descriptors to read and to write.
    static int[] pipe(int flags) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(JAVA_INT, 2);
            call("pipe2", state -> (int) PIPE2.invokeExact(state, ends, flags));
            return ends.toArray(JAVA_INT);
        }
    }

    static void fchown(int fd, int uid, int gid) throws NativeException {
        call("fchown", state -> (int) FCHOWN.invokeExact(state, fd, uid, gid));
    }

    static int eventfd() throws NativeException {
        return call("eventfd", state -> (int) EVENTFD.invokeExact(state, 0, O_CLOEXEC | O_NONBLOCK));
    }

    static void eventfdSignal(int fd) throws NativeException {
        call("eventfd_write", state -> (int) EVENTFD_WRITE.invokeExact(state, fd, 1L));
    }

    static int socket(int domain, int type) throws NativeException {
        return call("socket", state -> (int) SOCKET.invokeExact(state, domain, type, 0));
    }

    static int ioctl(int fd, long request, MemorySegment argument) throws NativeException {
        return call(
                "ioctl 0x" + Long.toHexString(request), state -> (int) IOCTL.invokeExact(state, fd, request, argument));
    }

    static void mount(String source, String target, String type, long flags, String options) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment from = arena.allocateFrom(source);
            MemorySegment to = arena.allocateFrom(target);
            MemorySegment kind = arena.allocateFrom(type);
            MemorySegment data = arena.allocateFrom(options);
            call("mount " + source + " on " + target, state ->
                    (int) MOUNT.invokeExact(state, from, to, kind, flags, data));
        }
    }

    static void umount(String target) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(target);
            call("umount " + target, state -> (int) UMOUNT2.invokeExact(state, text, 0));
        }
    }

    private static int call(String what, Call call) throws NativeException {
        return (int) callLong(what, call::run);
    }

    private static long callLong(String what, LongCall call) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = call.run(state);
            if (result < 0) {
                int errno = (int) ERRNO.get(state, 0L);
                throw new NativeException(what, errno, message(errno));
            }
            return result;
        } catch (NativeException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a native call throws nothing checked", e);
        }
    }

    private static String message(int errno) throws Throwable {
        MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
        return text.reinterpret(256).getString(0);
    }

    private static MethodHandle find(String name, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                address(name), FunctionDescriptor.of(JAVA_INT, arguments), Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle findVariadic(String name, int fixed, MemoryLayout... arguments) {
        List<Linker.Option> options = new ArrayList<>();
        options.add(Linker.Option.captureCallState("errno"));
        options.add(Linker.Option.firstVariadicArg(fixed));
        return LINKER.downcallHandle(
                address(name), FunctionDescriptor.of(JAVA_INT, arguments), options.toArray(new Linker.Option[0]));
    }

    private static MemorySegment address(String name) {
        return LINKER.defaultLookup().findOrThrow(name);
    }

    @FunctionalInterface
    private interface Call {
        int run(MemorySegment state) throws Throwable;
    }

    @FunctionalInterface
    private interface LongCall {
        long run(MemorySegment state) throws Throwable;
    }

    /// A libc call that answered with an error.
    static final class NativeException extends IOException {
        static final int ESRCH = 3;
        static final int ENXIO = 6;
        static final int ENOMEM = 12;
        static final int EFAULT = 14;
        static final int EBUSY = 16;
        static final int EINVAL = 22;

        private static final long serialVersionUID = 1L;
        private final int errno;

        NativeException(String what, int errno, String message) {
            super(what + ": " + message);
            this.errno = errno;
        }

        int errno() {
            return errno;
        }
    }
}
