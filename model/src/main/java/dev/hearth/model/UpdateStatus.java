package dev.hearth.model;

/// How the latest update of `$LATEST` went, as AWS shows it in `LastUpdateStatus`.
public sealed interface UpdateStatus {
    record Successful() implements UpdateStatus {
        public static final Successful INSTANCE = new Successful();
    }

    record InProgress(String reasonCode, String reason) implements UpdateStatus {
        public static final InProgress UPDATING = new InProgress("Creating", "The function is being created.");
    }

    record Failed(String reasonCode, String reason) implements UpdateStatus {}

    /// AWS's word for the status.
    default String awsName() {
        return switch (this) {
            case Successful s -> "Successful";
            case InProgress p -> "InProgress";
            case Failed f -> "Failed";
        };
    }
}
