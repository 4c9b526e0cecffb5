package dev.hearth.catalog;

import dev.hearth.model.FunctionVersion;
import dev.hearth.model.UpdateStatus;
import dev.hearth.model.VersionState;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/// A function version as it is stored.
final class VersionForm {
    private VersionForm() {}

    static void write(JsonGenerator out, FunctionVersion version) {
        PartForm.write(out, "arn", version.arn());
        out.writeStringProperty("version", version.version());
        PartForm.write(out, "code", version.code());
        out.writeObjectPropertyStart("settings");
        SettingsForm.write(out, version.settings());
        out.writeEndObject();
        switch (version.state()) {
            case VersionState.Active _ -> writeCase(out, "state", "Active");
            case VersionState.Pending(String code, String reason) -> writeCase(out, "state", "Pending", code, reason);
            case VersionState.Failed(String code, String reason) -> writeCase(out, "state", "Failed", code, reason);
        }
        switch (version.updateStatus()) {
            case UpdateStatus.Successful _ -> writeCase(out, "updateStatus", "Successful");
            case UpdateStatus.InProgress(String code, String reason) ->
                writeCase(out, "updateStatus", "InProgress", code, reason);
            case UpdateStatus.Failed(String code, String reason) ->
                writeCase(out, "updateStatus", "Failed", code, reason);
        }
        out.writeStringProperty("revisionId", version.revisionId());
        out.writeStringProperty("lastModified", version.lastModified().toString());
    }

    static FunctionVersion read(StoredObject in) {
        return new FunctionVersion(
                PartForm.function(in.object("arn")),
                in.text("version"),
                PartForm.code(in.object("code")),
                SettingsForm.read(in.object("settings")),
                state(in.object("state")),
                updateStatus(in.object("updateStatus")),
                in.text("revisionId"),
                Instant.parse(in.text("lastModified")));
    }

    private static VersionState state(StoredObject in) {
        return switch (in.text("is")) {
            case "Active" -> VersionState.Active.INSTANCE;
            case "Pending" -> new VersionState.Pending(in.text("reasonCode"), in.text("reason"));
            case "Failed" -> new VersionState.Failed(in.text("reasonCode"), in.text("reason"));
            default -> throw unknown("state", in.text("is"));
        };
    }

    private static UpdateStatus updateStatus(StoredObject in) {
        return switch (in.text("is")) {
            case "Successful" -> UpdateStatus.Successful.INSTANCE;
            case "InProgress" -> new UpdateStatus.InProgress(in.text("reasonCode"), in.text("reason"));
            case "Failed" -> new UpdateStatus.Failed(in.text("reasonCode"), in.text("reason"));
            default -> throw unknown("update status", in.text("is"));
        };
    }

    private static void writeCase(JsonGenerator out, String member, String is) {
        out.writeObjectPropertyStart(member);
        out.writeStringProperty("is", is);
        out.writeEndObject();
    }

    private static void writeCase(JsonGenerator out, String member, String is, String reasonCode, String reason) {
        out.writeObjectPropertyStart(member);
        out.writeStringProperty("is", is);
        out.writeStringProperty("reasonCode", reasonCode);
        out.writeStringProperty("reason", reason);
        out.writeEndObject();
    }

    private static CatalogException unknown(String what, String found) {
        return new CatalogException("The catalog is damaged: there is no " + what + " '" + found
                + "'. Restore it from a backup, or deploy the function again.");
    }
}
