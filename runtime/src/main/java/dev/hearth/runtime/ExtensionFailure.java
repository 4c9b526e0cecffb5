package dev.hearth.runtime;

/// What an extension did that ends its instance.
///
/// @param name      of the extension
/// @param errorType AWS's word: `Extension.Crash`, `Extension.InitError`, `Extension.ExitError` or
///                  `Extension.LaunchError`
/// @param message   what follows `RequestId: … Error: ` in the answer of whoever waits
public record ExtensionFailure(String name, String errorType, String message) {
    /// Its process has ended by itself.
    ///
    /// @param status as a shell tells it: 126 and 127 where it could not be started, a signal and 128 where that
    ///               ended it
    static ExtensionFailure exited(String name, int status) {
        return switch (status) {
            case 126 -> new ExtensionFailure(name, "Extension.LaunchError", launchMessage(name, "permission denied"));
            case 127 ->
                new ExtensionFailure(name, "Extension.LaunchError", launchMessage(name, "no such file or directory"));
            case 0 -> crash(name, "exit code 0");
            case 137 -> crash(name, "signal: killed");
            default -> crash(name, status > 128 ? "signal " + (status - 128) : "exit status " + status);
        };
    }

    private static ExtensionFailure crash(String name, String how) {
        return new ExtensionFailure(name, "Extension.Crash", how);
    }

    private static String launchMessage(String name, String reason) {
        return "fork/exec /opt/extensions/" + name + ": " + reason;
    }
}
