package dev.hearth.model;

/// Where a function version is in its life, as AWS shows it in `State`, `StateReason` and `StateReasonCode`.
///
/// ```
/// Pending ──► Active
///    └──────► Failed ──► (update) ──► Active
/// ```
public sealed interface VersionState {
    /// Created; its code is being unpacked and its first instance prepared.
    record Pending(String reasonCode, String reason) implements VersionState {
        public static final Pending CREATING = new Pending("Creating", "The function is being created.");
    }

    /// It can be invoked.
    record Active() implements VersionState {
        public static final Active INSTANCE = new Active();
    }

    /// It cannot be invoked; the reason names the remedy.
    record Failed(String reasonCode, String reason) implements VersionState {}

    /// AWS's word for the state.
    default String awsName() {
        return switch (this) {
            case Pending p -> "Pending";
            case Active a -> "Active";
            case Failed f -> "Failed";
        };
    }
}
