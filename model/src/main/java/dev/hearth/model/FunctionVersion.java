package dev.hearth.model;

import java.time.Instant;

/// One version of a function: its code, its settings and where it is in its life. `$LATEST` changes by
/// being replaced; a numbered version never changes but for its state.
///
/// @param arn          the function's ARN, unqualified
/// @param version      `$LATEST` or a number
/// @param code         its code package
/// @param settings     what the user configured
/// @param state        Pending, Active or Failed
/// @param updateStatus how the latest update went
/// @param revisionId   changes with every change; callers may make updates conditional on it
/// @param lastModified when it was last updated
public record FunctionVersion(
        FunctionArn arn,
        String version,
        CodeRef code,
        FunctionSettings settings,
        VersionState state,
        UpdateStatus updateStatus,
        String revisionId,
        Instant lastModified) {

    /// The version every function has, and the only one that can be updated.
    public static final String LATEST = "$LATEST";

    /// The function's name.
    public String name() {
        return arn.name();
    }

    public boolean isLatest() {
        return version.equals(LATEST);
    }

    /// `arn:…:function:NAME:VERSION`
    public String qualifiedArn() {
        return arn.qualified(version);
    }

    /// Whether it is a published version of a function with SnapStart: on AWS all its instances are restored from one
    /// snapshot.
    public boolean snapStarts() {
        return !isLatest() && settings.hasSnapStart();
    }

    public FunctionVersion withState(VersionState newState) {
        return new FunctionVersion(arn, version, code, settings, newState, updateStatus, revisionId, lastModified);
    }

    public FunctionVersion withUpdateStatus(UpdateStatus newStatus) {
        return new FunctionVersion(arn, version, code, settings, state, newStatus, revisionId, lastModified);
    }

    public FunctionVersion withCode(CodeRef newCode) {
        return new FunctionVersion(arn, version, newCode, settings, state, updateStatus, revisionId, lastModified);
    }

    public FunctionVersion withSettings(FunctionSettings newSettings) {
        return new FunctionVersion(arn, version, code, newSettings, state, updateStatus, revisionId, lastModified);
    }

    /// The same with a fresh revision.
    public FunctionVersion revised(String newRevisionId, Instant at) {
        return new FunctionVersion(arn, version, code, settings, state, updateStatus, newRevisionId, at);
    }
}
