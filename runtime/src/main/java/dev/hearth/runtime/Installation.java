package dev.hearth.runtime;

import dev.hearth.sandbox.Mount;
import java.nio.file.Path;
import java.util.List;

/// An interpreter or virtual machine found on this machine.
///
/// @param version as it says itself, such as `3.13.0`
/// @param prefix  the directory that holds all of it
/// @param program the executable, below `prefix`
record Installation(String version, Path prefix, Path program) {
    private static final String LANGUAGE = "/var/lang";

    /// Where the program is in a sandbox.
    String programInSandbox() {
        return isShared() ? program.toString() : LANGUAGE + "/" + prefix.relativize(program);
    }

    /// What makes it visible in a sandbox: nothing where it is part of `/usr`, which every sandbox sees.
    List<Mount> mounts() {
        return isShared() ? List.of() : List.of(new Mount(prefix, LANGUAGE));
    }

    /// Sandboxes see the host's `/usr`, but not its `/usr/local`.
    private boolean isShared() {
        return program.startsWith("/usr") && !program.startsWith("/usr/local");
    }

    /// Whether this is a release of a version such as `3.13` or `22`.
    boolean isRelease(String wanted) {
        return version.equals(wanted) || version.startsWith(wanted + ".");
    }

    /// The first number of the version.
    int major() {
        int end = 0;
        while (end < version.length() && Character.isDigit(version.charAt(end))) {
            end++;
        }
        return end == 0 ? 0 : Integer.parseInt(version.substring(0, Math.min(end, 6)));
    }
}
