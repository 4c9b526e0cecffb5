package dev.hearth.sandbox;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
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

/// Linux's epoll(7) and non-blocking reads for pipes, which the JDK's selectors do not take. Kept apart from
/// [Native] because it is on the way of every invocation: nothing here allocates.
final class Epoll implements AutoCloseable {
    /// There is something to read.
    static final int IN = 0x001;

    private static final int CTL_ADD = 1;
    private static final int CTL_DEL = 2;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;

    /// `struct epoll_event` is packed on x86-64 only.
    private static final boolean PACKED = System.getProperty("os.arch", "").equals("amd64");

    private static final int DATA_OFFSET = PACKED ? 4 : 8;
    private static final int EVENT_BYTES = PACKED ? 12 : 16;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle CREATE = find("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle CTL =
            find("epoll_ctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle WAIT =
            find("epoll_wait", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle READ =
            find("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment state = arena.allocate(STATE);
    private final MemorySegment event = arena.allocate(EVENT_BYTES, 8);
    private final MemorySegment events;
    private final int capacity;
    private final int fd;

    /// @param capacity the most events one [#await] returns
    Epoll(int capacity) throws IOException {
        this.capacity = capacity;
        this.events = arena.allocate((long) EVENT_BYTES * capacity, 8);
        this.fd = call(CREATE, Native.O_CLOEXEC);
    }

    /// Begins to watch a descriptor; its number is its name in [#ready].
    synchronized void add(int watched) throws IOException {
        event.set(JAVA_INT_UNALIGNED, 0, IN);
        event.set(JAVA_INT_UNALIGNED, DATA_OFFSET, watched);
        control(CTL_ADD, watched);
    }

    synchronized void remove(int watched) throws IOException {
        control(CTL_DEL, watched);
    }

    /// Waits for descriptors to become readable. One thread only.
    ///
    /// @return how many [#ready] names
    int await() throws IOException {
        try {
            int count = (int) WAIT.invokeExact(state, fd, events, capacity, -1);
            if (count < 0 && errno(state) != EINTR) {
                throw new IOException("epoll_wait failed with errno " + errno(state));
            }
            return Math.max(0, count);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a native call throws nothing checked", e);
        }
    }

    /// The descriptor of the `index`th event of the last [#await].
    int ready(int index) {
        return events.get(JAVA_INT_UNALIGNED, (long) index * EVENT_BYTES + DATA_OFFSET);
    }

    @Override
    public void close() {
        Native.close(fd);
    }

    /// Reads from a non-blocking descriptor.
    ///
    /// @param errno  room for [#newErrno]
    /// @return bytes read; 0 when there is nothing now, -1 at the end
    static int read(int fd, MemorySegment into, MemorySegment errno) {
        try {
            long count = (long) READ.invokeExact(errno, fd, into, into.byteSize());
            if (count > 0) {
                return (int) count;
            }
            boolean later = count < 0 && (errno(errno) == EAGAIN || errno(errno) == EINTR);
            return later ? 0 : -1;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a native call throws nothing checked", e);
        }
    }

    /// Room for the errno of calls made by one thread at a time.
    static MemorySegment newErrno(Arena arena) {
        return arena.allocate(STATE);
    }

    private void control(int operation, int watched) throws IOException {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment own = call.allocate(STATE);
            if ((int) CTL.invokeExact(own, fd, operation, watched, event) < 0) {
                throw new IOException("epoll_ctl failed with errno " + errno(own));
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a native call throws nothing checked", e);
        }
    }

    private static int call(MethodHandle create, int flags) throws IOException {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment own = call.allocate(STATE);
            int fd = (int) create.invokeExact(own, flags);
            if (fd < 0) {
                throw new IOException("epoll_create1 failed with errno " + errno(own));
            }
            return fd;
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a native call throws nothing checked", e);
        }
    }

    private static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    private static MethodHandle find(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), descriptor, Linker.Option.captureCallState("errno"));
    }
}
