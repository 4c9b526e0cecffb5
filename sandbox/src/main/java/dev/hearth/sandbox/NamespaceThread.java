package dev.hearth.sandbox;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The one thread that steps into other namespaces. Namespaces belong to a thread, and **a thread started by a
/// thread inherits them**: so what runs inside must not start a thread, wake a virtual thread (the pool may start
/// a carrier for it) or start a process (the JDK starts a reaper thread). Results are handed over only after the
/// thread is back in the host's namespaces.
final class NamespaceThread implements AutoCloseable {
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("hearth-namespaces").factory());
    private final int hostMounts;
    private final int hostNetwork;

    // Set when the way back failed: the thread is then in a sandbox's namespaces and must do nothing more.
    // Only the namespace thread touches it.
    private @Nullable IOException lost;

    NamespaceThread() throws IOException {
        hostMounts = Native.open("/proc/self/ns/mnt", Native.O_CLOEXEC);
        hostNetwork = Native.open("/proc/self/ns/net", Native.O_CLOEXEC);
        // With its first socket the JDK makes one that it keeps: that would hold the first sandbox's network for ever.
        Loopback.listen(0).close();
    }

    /// Runs `work` in a fresh mount namespace, whose mounts no other sees, and a fresh network namespace with
    /// nothing but a loopback interface that is down. Both vanish with the last process, socket or descriptor
    /// that holds them.
    <T> T inNewNamespaces(Work<T> work) throws IOException {
        return onThread(() -> {
            Native.unshare(Native.CLONE_FS | Native.CLONE_NEWNS | Native.CLONE_NEWNET);
            try {
                Native.mount("none", "/", "none", Native.MS_REC | Native.MS_PRIVATE, "");
                return work.run();
            } finally {
                goBack();
            }
        });
    }

    /// Runs `work` in the network namespace that a descriptor stands for.
    <T> T inNetwork(int networkFd, Work<T> work) throws IOException {
        return onThread(() -> {
            Native.setns(networkFd, Native.CLONE_NEWNET);
            try {
                return work.run();
            } finally {
                goBack();
            }
        });
    }

    /// Runs `work` in the mount namespace that a descriptor stands for, or that the process is in that it stands for.
    <T> T inMounts(int mountsFd, Work<T> work) throws IOException {
        return onThread(() -> {
            Native.unshare(Native.CLONE_FS);
            Native.setns(mountsFd, Native.CLONE_NEWNS);
            try {
                return work.run();
            } finally {
                goBack();
            }
        });
    }

    private void goBack() throws IOException {
        try {
            Native.setns(hostNetwork, Native.CLONE_NEWNET);
            Native.setns(hostMounts, Native.CLONE_NEWNS);
        } catch (IOException e) {
            lost = e;
            throw e;
        }
    }

    private <T> T onThread(Work<T> work) throws IOException {
        Future<T> result = executor.submit(() -> {
            if (lost != null) {
                throw new IOException("the thread that makes namespaces could not return to the host's; restart", lost);
            }
            return work.run();
        });
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    // The work takes milliseconds and leaves things behind that its caller must own: see it through.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? e.toString() : e.getCause().getMessage(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        executor.close();
        Native.close(hostMounts);
        Native.close(hostNetwork);
    }

    /// What runs inside.
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }
}
