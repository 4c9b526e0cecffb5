package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process that was forked inside another sandbox, with limits, `/tmp`, output and Runtime API of its own. It ends
/// with that sandbox at the latest. Safe for any thread.
final class ForkedSandbox extends CgroupSandbox {
    private static final int SIGNAL_MASK = 0x7f;

    private final long pid;
    private final int pidfd;
    private final OutputPump pump;
    private final PipeOutput output;
    private final ForkHome home;

    ForkedSandbox(Parts parts, long pid, int pidfd, OutputPump pump, PipeOutput output, ForkHome home) {
        super(parts);
        this.pid = pid;
        this.pidfd = pidfd;
        this.pump = pump;
        this.output = output;
        this.home = home;
    }

    /// Begins to wait for its end.
    void watch() throws IOException {
        pump.watch(pidfd, this::processEnded);
        cleanUp().add(() -> pump.forget(pidfd));
    }

    /// On the pump's thread, at the end of the process, which nobody has waited for yet: its parent does so with its
    /// next fork, so that its status can still be read.
    private void processEnded() {
        pump.forget(pidfd);
        SandboxExit how = howItEnded();
        Thread.ofVirtual().name("sandbox-exit-" + id()).start(() -> finish(how));
    }

    private void finish(SandboxExit how) {
        kill(); // what it has started dies with it
        output.handedOver();
        ended(how);
    }

    private SandboxExit howItEnded() {
        if (oomKills() > 0) {
            return new SandboxExit.OutOfMemory();
        }
        if (isClosed()) {
            return new SandboxExit.Closed();
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"))
                    .strip();
            int status = Integer.parseInt(stat.substring(stat.lastIndexOf(' ') + 1)); // as waitpid(2) tells it
            return (status & SIGNAL_MASK) != 0
                    ? new SandboxExit.Signalled(status & SIGNAL_MASK)
                    : new SandboxExit.Exited(status >> 8);
        } catch (IOException e) {
            return new SandboxExit.Signalled(9); // gone with the zygote, and with all that it had forked
        }
    }

    @Override
    public void start() throws SandboxException {
        try {
            Native.pidfdSendSignal(pidfd, Native.SIGUSR1);
        } catch (IOException e) {
            throw new SandboxException("Cannot start forked sandbox " + id() + ": " + e.getMessage(), e);
        }
    }

    /// The zygote must not stand still with it.
    @Override
    public boolean freeze() {
        home.leave(cgroup());
        return super.freeze();
    }

    /// Kills all that it has started, but not the zygote.
    @Override
    void kill() {
        home.leave(cgroup());
        cgroup().kill();
        standby().close();
    }
}
