package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// The command of a sandbox, as the child of bubblewrap's first process: whether it still runs can be seen while all is
/// frozen and nobody could say so. Safe for any thread.
final class CommandProcess {
    /// Field 31 of `/proc/PID/stat`, counted from the state, which is the third.
    private static final int PENDING_SIGNALS = 28;

    private static final long KILL = 1L << (9 - 1);

    private final long init;
    /// 0 until it was found; whoever finds it finds the same.
    private volatile long pid;

    /// @param init the sandbox's first process, by its id on the host
    CommandProcess(long init) {
        this.init = init;
    }

    /// `false` only where it has certainly ended. Reads one small file of `/proc`: some microseconds.
    boolean isAlive() {
        long command = find();
        if (command == 0) {
            return true;
        }
        try {
            String stat =
                    Files.readString(Path.of("/proc", Long.toString(command), "stat"), StandardCharsets.ISO_8859_1);
            // proc(5): the name is in parentheses and may hold any character; the state follows it.
            String rest = stat.substring(stat.lastIndexOf(')') + 2);
            return switch (rest.charAt(0)) {
                case 'Z', 'X' -> false;
                case 'D' -> !isKilled(rest);
                default -> true;
            };
        } catch (IOException e) {
            return false;
        }
    }

    /// Whether SIGKILL waits for it, which it does where version 1 of cgroups has frozen it.
    private static boolean isKilled(String rest) {
        String[] fields = rest.split(" ", PENDING_SIGNALS + 2);
        return fields.length > PENDING_SIGNALS && (Long.parseLong(fields[PENDING_SIGNALS]) & KILL) != 0;
    }

    /// Sends it SIGTERM, as far as it is known.
    void terminate() {
        long command = find();
        if (command != 0) {
            ProcessHandle.of(command).ifPresent(ProcessHandle::destroy);
        }
    }

    /// 0 where it is not known.
    private long find() {
        long command = pid;
        if (command == 0) {
            command = firstChild().orElse(0);
            pid = command;
        }
        return command;
    }

    /// Empty where the kernel does not list children (`CONFIG_PROC_CHILDREN`), or there is none yet.
    private OptionalLong firstChild() {
        String name = Long.toString(init);
        try {
            String children = Files.readString(Path.of("/proc", name, "task", name, "children"))
                    .strip();
            return children.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(children.split(" ")[0]));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
