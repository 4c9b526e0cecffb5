package dev.hearth.sandbox;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;

/// Watches the output of all sandboxes with one platform thread: a blocked read of a pipe would hold a thread
/// for each of them.
final class OutputPump implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.hearth.sandbox");
    private static final int EVENTS_AT_ONCE = 64;

    private final Epoll epoll;
    private final ConcurrentHashMap<Integer, Runnable> readable = new ConcurrentHashMap<>();
    private final int wakeUp;
    private final Thread thread;

    // Written by close, read by the pump's thread.
    private volatile boolean closed;

    OutputPump() throws IOException {
        this.epoll = new Epoll(EVENTS_AT_ONCE);
        this.wakeUp = Native.eventfd();
        epoll.add(wakeUp);
        this.thread = Thread.ofPlatform().daemon().name("hearth-sandbox-output").start(this::run);
    }

    /// Has `action` run on the pump's thread whenever `fd` can be read or has ended.
    void watch(int fd, Runnable action) throws IOException {
        readable.put(fd, action);
        epoll.add(fd);
    }

    /// Ends that; to be called before `fd` is closed.
    void forget(int fd) {
        if (readable.remove(fd) == null) {
            return;
        }
        try {
            epoll.remove(fd);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a descriptor was not watched any more fd={0} error={1}", fd, e);
        }
    }

    private void run() {
        while (!closed) {
            try {
                int count = epoll.await();
                for (int i = 0; i < count; i++) {
                    Runnable action = readable.get(epoll.ready(i));
                    if (action != null) {
                        action.run();
                    }
                }
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "output of a sandbox could not be taken", e);
            }
        }
    }

    /// Ends the thread.
    @Override
    public void close() {
        closed = true;
        try {
            Native.eventfdSignal(wakeUp);
            thread.join();
            epoll.close();
            Native.close(wakeUp);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the output thread cannot be woken and stays", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // two descriptors stay open
        }
    }
}
