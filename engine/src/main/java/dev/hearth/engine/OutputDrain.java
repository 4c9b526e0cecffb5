package dev.hearth.engine;

import dev.hearth.sandbox.Sandbox;
import dev.hearth.sandbox.SandboxOutput;

/// Moves what a sandbox's processes write into the log of their instance: what the function writes, and what its
/// external extensions write apart from that. Safe for any thread: the log's monitor keeps the lines in order, and what
/// happens under it never waits.
final class OutputDrain {
    private static final int CHUNK_BYTES = 16 * 1024;

    /// Twice what a pipe holds: everything written before the call is taken, and a function that never stops
    /// writing does not keep the thread.
    private static final int CHUNKS_AT_ONCE = 8;

    private final Sandbox sandbox;
    private final InstanceLog log;

    /// What was read last; used under the log's monitor only.
    private final byte[] chunk = new byte[CHUNK_BYTES];

    OutputDrain(Sandbox sandbox, InstanceLog log) {
        this.sandbox = sandbox;
        this.log = log;
    }

    /// Begins to take what is written as soon as it is there.
    void start() {
        sandbox.output().onReadable(this::drain);
        sandbox.sideOutput().ifPresent(output -> output.onReadable(this::drain));
    }

    /// Takes what was written so far.
    void drain() {
        synchronized (log) {
            drain(sandbox.output(), log::write);
            sandbox.sideOutput().ifPresent(output -> drain(output, log::writeByExtension));
        }
    }

    private interface Taker {
        void take(byte[] bytes, int length);
    }

    private void drain(SandboxOutput output, Taker taker) {
        for (int i = 0; i < CHUNKS_AT_ONCE; i++) {
            int count = output.poll(chunk);
            if (count <= 0) {
                return;
            }
            taker.take(chunk, count);
        }
    }
}
