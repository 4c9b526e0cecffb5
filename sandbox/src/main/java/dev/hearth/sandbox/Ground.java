package dev.hearth.sandbox;

import dev.hearth.sandbox.NamespaceThread.Work;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a sandbox stands on before it has a process: a mount and a network namespace of its own, with the mounts put
/// together and the Runtime API's socket listening. Descriptors hold the namespaces until a process has entered;
/// bubblewrap makes the other namespaces.
///
/// @param enter       options of nsenter that lead there; empty where it is the host itself (weak isolation)
/// @param descriptors what holds the namespaces: of mounts, of the network
/// @param sources     where each of the specification's mounts stands
/// @param tmp         where the file system for `/tmp` stands, if there is one
/// @param runtimeApi  listens inside
record Ground(
        List<String> enter,
        List<Integer> descriptors,
        List<Path> sources,
        Optional<Path> tmp,
        ServerSocketChannel runtimeApi) {

    /// The mounts are put together here and not by bubblewrap, because here root does it: a runtime below a directory
    /// that the sandbox's user cannot pass through is reached none the less.
    ///
    /// @param stage an empty directory that everybody can reach
    static Ground make(NamespaceThread thread, Path stage, List<Mount> mounts, Optional<Path> tmpImage)
            throws IOException {
        return thread.inNewNamespaces(new Assembly(stage, mounts, tmpImage));
    }

    /// Weak isolation: the host's mounts and network, and some free port of its loopback.
    static Ground shared(List<Mount> mounts) throws IOException {
        List<Path> sources = mounts.stream().map(Mount::source).toList();
        return new Ground(List.of(), List.of(), sources, Optional.empty(), Loopback.listen(0));
    }

    String runtimeApiAddress() throws IOException {
        int port = ((InetSocketAddress) runtimeApi.getLocalAddress()).getPort();
        return "127.0.0.1:" + port;
    }

    /// The network namespace of its own.
    int networkFd() {
        return descriptors.getLast();
    }

    /// Where other processes of root's find it.
    String networkPath() {
        return pathOf(networkFd());
    }

    /// How another process of root's reaches a descriptor of this one.
    private static String pathOf(int fd) {
        return "/proc/" + ProcessHandle.current().pid() + "/fd/" + fd;
    }

    /// The host no longer holds the namespaces: they live as long as a process or socket is in them.
    void release() {
        descriptors.forEach(Native::close);
    }

    /// Runs inside; see [NamespaceThread] for what must not be done here.
    private record Assembly(Path stage, List<Mount> mounts, Optional<Path> tmpImage) implements Work<Ground> {

        @Override
        public Ground run() throws IOException {
            Native.mount("hearth", stage.toString(), "tmpfs", Native.MS_NOSUID | Native.MS_NODEV, "mode=0755,size=1m");
            List<Path> sources = bindMounts();
            Optional<Path> tmp = mountTmp();
            NetworkInterface.LOOPBACK.up();
            ServerSocketChannel socket = Loopback.listen(Loopback.RUNTIME_API_PORT);
            try {
                return ground(sources, tmp, socket);
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }

        private static Ground ground(List<Path> sources, Optional<Path> tmp, ServerSocketChannel socket)
                throws IOException {
            int mounts = Native.open("/proc/thread-self/ns/mnt", Native.O_CLOEXEC);
            int network = Native.open("/proc/thread-self/ns/net", Native.O_CLOEXEC);
            List<String> enter = List.of("--mount=" + pathOf(mounts), "--net=" + pathOf(network));
            return new Ground(enter, List.of(mounts, network), sources, tmp, socket);
        }

        private List<Path> bindMounts() throws IOException {
            List<Path> sources = new ArrayList<>();
            for (Mount mount : mounts) {
                Path target = stage.resolve(Integer.toString(sources.size()));
                if (Files.isDirectory(mount.source())) {
                    Files.createDirectory(target);
                } else {
                    Files.createFile(target);
                }
                Native.mount(mount.source().toString(), target.toString(), "none", Native.MS_BIND | Native.MS_REC, "");
                sources.add(target);
            }
            return sources;
        }

        private Optional<Path> mountTmp() throws IOException {
            if (tmpImage.isEmpty()) {
                return Optional.empty();
            }
            Path target = stage.resolve("tmp");
            Files.createDirectory(target);
            TmpImages.mount(tmpImage.get(), target);
            return Optional.of(target);
        }
    }
}
