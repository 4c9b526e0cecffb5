package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Mounts into a sandbox that runs already. Its own processes cannot: nothing in there may mount.
///
/// A mount is copied in the server's namespace, where nobody sees the copy, made read-only, and only then moved into
/// the sandbox's: no function sees it in between, or as anything else.
///
/// Safe for any thread; mounts are made under the monitor, so that none comes after the end.
final class LateMounts implements AutoCloseable {
    private final SandboxHost host;
    private final List<String> mountPoints;

    /// Stands for the first process of the sandbox's process namespace, and never for another that has its id later.
    private final int init;

    /// Guarded by the monitor.
    private boolean closed;

    private LateMounts(SandboxHost host, List<String> mountPoints, int init) {
        this.host = host;
        this.mountPoints = mountPoints;
        this.init = init;
    }

    /// @param mountPoints where it may be done
    /// @param init        the first process of the sandbox's process namespace
    static LateMounts into(long init, List<String> mountPoints, SandboxHost host) throws IOException {
        return new LateMounts(host, mountPoints, Native.pidfdOpen(init));
    }

    /// Whether the kernel can do it, tried on a directory.
    static boolean work(Path directory) {
        try {
            Native.close(Native.openReadOnlyTree(directory.toString()));
            return true;
        } catch (IOException e) {
            return false; // before Linux 5.12
        }
    }

    synchronized void mount(List<Mount> mounts) throws IOException {
        if (closed) {
            throw new IOException("it has ended");
        }
        NamespaceThread thread =
                host.namespaces().orElseThrow(() -> new IOException("it needs " + Protection.OWN_NETWORK.label()));
        List<Integer> descriptors = new ArrayList<>();
        try {
            Map<String, Integer> trees = new LinkedHashMap<>();
            for (Mount mount : mounts) {
                requireMountPoint(mount.target());
                int tree = Native.openReadOnlyTree(mount.source().toString());
                descriptors.add(tree);
                trees.put(mount.target(), tree);
            }
            thread.inMounts(init, () -> move(trees));
        } finally {
            descriptors.forEach(Native::close);
        }
    }

    private void requireMountPoint(String target) {
        if (!mountPoints.contains(target)) {
            throw new IllegalArgumentException(target + " is none of the mount points " + mountPoints);
        }
    }

    /// On the thread for namespaces, inside.
    private static boolean move(Map<String, Integer> trees) throws IOException {
        for (Map.Entry<String, Integer> tree : trees.entrySet()) {
            Native.moveMount(tree.getValue(), tree.getKey());
        }
        return true;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Native.close(init);
        }
    }
}
