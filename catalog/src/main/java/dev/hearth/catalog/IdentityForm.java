package dev.hearth.catalog;

import dev.hearth.model.IamPolicy;
import dev.hearth.model.IamRole;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// Roles and policies as they are stored.
final class IdentityForm {
    private IdentityForm() {}

    static void write(JsonGenerator out, IamRole role) {
        out.writeStringProperty("arn", role.arn());
        out.writeStringProperty("name", role.name());
        out.writeStringProperty("path", role.path());
        out.writeStringProperty("id", role.id());
        out.writeStringProperty("created", role.created().toString());
        out.writeStringProperty("trust", role.trust());
        PartForm.write(out, "description", role.description());
        out.writeNumberProperty("maxSessionSeconds", role.maxSession().toSeconds());
        texts(out, "tags", role.tags());
        texts(out, "inlinePolicies", role.inlinePolicies());
        PartForm.write(out, "attachedPolicies", role.attachedPolicies());
    }

    static IamRole role(StoredObject in) {
        return new IamRole(
                in.text("arn"),
                in.text("name"),
                in.text("path"),
                in.text("id"),
                Instant.parse(in.text("created")),
                in.text("trust"),
                in.optionalText("description"),
                Duration.ofSeconds(in.number("maxSessionSeconds")),
                in.map("tags", String.class::cast),
                in.map("inlinePolicies", String.class::cast),
                in.texts("attachedPolicies"));
    }

    static void write(JsonGenerator out, IamPolicy policy) {
        out.writeStringProperty("arn", policy.arn());
        out.writeStringProperty("name", policy.name());
        out.writeStringProperty("path", policy.path());
        out.writeStringProperty("id", policy.id());
        out.writeStringProperty("created", policy.created().toString());
        out.writeStringProperty("updated", policy.updated().toString());
        PartForm.write(out, "description", policy.description());
        out.writeArrayPropertyStart("versions");
        for (IamPolicy.Version version : policy.versions()) {
            out.writeStartObject();
            out.writeNumberProperty("number", version.number());
            out.writeStringProperty("document", version.document());
            out.writeStringProperty("created", version.created().toString());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeNumberProperty("defaultVersion", policy.defaultVersion());
        out.writeNumberProperty("lastVersion", policy.lastVersion());
        texts(out, "tags", policy.tags());
    }

    static IamPolicy policy(StoredObject in) {
        List<IamPolicy.Version> versions = in.objects("versions").stream()
                .map(version -> new IamPolicy.Version(
                        (int) version.number("number"),
                        version.text("document"),
                        Instant.parse(version.text("created"))))
                .toList();
        return new IamPolicy(
                in.text("arn"),
                in.text("name"),
                in.text("path"),
                in.text("id"),
                Instant.parse(in.text("created")),
                Instant.parse(in.text("updated")),
                in.optionalText("description"),
                versions,
                (int) in.number("defaultVersion"),
                (int) in.number("lastVersion"),
                in.map("tags", String.class::cast));
    }

    private static void texts(JsonGenerator out, String member, Map<String, String> texts) {
        out.writeObjectPropertyStart(member);
        texts.forEach(out::writeStringProperty);
        out.writeEndObject();
    }
}
