package dev.hearth.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What bubblewrap tells on `--json-status-fd`: an object with `child-pid` when the sandbox's first process exists,
/// one with `exit-code` when the command has ended. Used by one thread at a time.
final class BubblewrapStatus {
    private static final Pattern CHILD = Pattern.compile("\"child-pid\"\\s*:\\s*(\\d+)");
    private static final Pattern EXIT = Pattern.compile("\"exit-code\"\\s*:\\s*(\\d+)");

    private final PipeOutput pipe;
    private final byte[] bytes = new byte[4096];
    private final StringBuilder text = new StringBuilder();
    private boolean ended;

    /// Written by whoever awaits it, before others have this object.
    private long child;

    BubblewrapStatus(PipeOutput pipe) {
        this.pipe = pipe;
    }

    /// The process id, on the host, of the sandbox's first process; empty when bubblewrap gave up before.
    OptionalLong awaitChild() {
        Semaphore news = new Semaphore(0);
        pipe.onReadable(news::release);
        try {
            Matcher child = CHILD.matcher(text);
            while (!child.find() && !ended) {
                news.acquireUninterruptibly();
                news.drainPermits();
                take();
                child = CHILD.matcher(text);
            }
            if (ended) {
                return OptionalLong.empty();
            }
            this.child = Long.parseLong(child.group(1));
            return OptionalLong.of(this.child);
        } finally {
            pipe.ignore();
        }
    }

    /// As [#awaitChild] found.
    long child() {
        return child;
    }

    /// The command's exit code as a shell counts, 128 + n for signal n; empty when it never ran or bubblewrap itself
    /// was killed. To be called when bubblewrap has ended.
    OptionalInt exitCode() {
        take();
        Matcher exit = EXIT.matcher(text);
        return exit.find() ? OptionalInt.of(Integer.parseInt(exit.group(1))) : OptionalInt.empty();
    }

    private void take() {
        int count = pipe.poll(bytes);
        while (count > 0) {
            text.append(new String(bytes, 0, count, StandardCharsets.US_ASCII));
            count = pipe.poll(bytes);
        }
        ended = count < 0;
    }
}
