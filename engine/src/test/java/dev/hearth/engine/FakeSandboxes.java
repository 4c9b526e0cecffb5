package dev.hearth.engine;

import dev.hearth.model.ByteSize;
import dev.hearth.sandbox.Sandbox;
import dev.hearth.sandbox.SandboxException;
import dev.hearth.sandbox.SandboxExit;
import dev.hearth.sandbox.SandboxFactory;
import dev.hearth.sandbox.SandboxOutput;
import dev.hearth.sandbox.SandboxSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Sandboxes without processes: what runs in one has connected to its Runtime API as soon as it is started.
final class FakeSandboxes implements SandboxFactory {
    static final ByteSize HELD = ByteSize.ofMib(20);

    final List<FakeSandbox> made = new CopyOnWriteArrayList<>();
    volatile boolean canMountLate = true;
    volatile boolean broken;

    @Override
    public Sandbox create(SandboxSpec spec) throws SandboxException {
        FakeSandbox sandbox = new FakeSandbox(spec, broken);
        made.add(sandbox);
        return sandbox;
    }

    @Override
    public boolean canMountLate() {
        return canMountLate;
    }

    /// Those that are not closed.
    List<FakeSandbox> open() {
        return made.stream().filter(sandbox -> !sandbox.closed).toList();
    }

    @Override
    public void close() {
        made.forEach(FakeSandbox::close);
    }

    static final class FakeSandbox implements Sandbox {
        final SandboxSpec spec;
        volatile boolean alive = true;
        volatile boolean closed;
        volatile boolean frozen;
        private final boolean broken;
        private final ServerSocketChannel runtimeApi;
        private volatile @Nullable SocketChannel connection;

        FakeSandbox(SandboxSpec spec, boolean broken) {
            this.spec = spec;
            this.broken = broken;
            try {
                runtimeApi =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String id() {
            return spec.name();
        }

        @Override
        public ServerSocketChannel runtimeApi() {
            return runtimeApi;
        }

        @Override
        public void start() throws SandboxException {
            if (broken) {
                throw new SandboxException("it is broken", null);
            }
            try {
                connection = SocketChannel.open(runtimeApi.getLocalAddress());
            } catch (IOException e) {
                throw new SandboxException("no connection", e);
            }
        }

        @Override
        public boolean freeze() {
            frozen = true;
            return true;
        }

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public ByteSize residentMemory() {
            return HELD;
        }

        @Override
        public SandboxOutput output() {
            throw new UnsupportedOperationException("it writes nothing");
        }

        @Override
        public SandboxExit awaitExit() {
            return new SandboxExit.Closed();
        }

        @Override
        public Optional<SandboxExit> exit() {
            return Optional.empty();
        }

        @Override
        public ByteSize peakMemory() {
            return HELD;
        }

        @Override
        public void close() {
            alive = false;
            closed = true;
            try {
                runtimeApi.close();
                SocketChannel open = connection;
                if (open != null) {
                    open.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
