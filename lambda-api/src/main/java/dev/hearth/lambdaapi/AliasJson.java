package dev.hearth.lambdaapi;

import dev.hearth.model.FunctionAlias;
import tools.jackson.core.JsonGenerator;

/// Writes AWS's AliasConfiguration.
final class AliasJson {
    private AliasJson() {}

    static void write(JsonGenerator out, FunctionAlias alias) {
        out.writeStringProperty("AliasArn", alias.arn());
        out.writeStringProperty("Name", alias.name());
        out.writeStringProperty("FunctionVersion", alias.version());
        out.writeStringProperty("Description", alias.description());
        if (!alias.routingWeights().isEmpty()) {
            out.writeObjectPropertyStart("RoutingConfig");
            out.writeObjectPropertyStart("AdditionalVersionWeights");
            alias.routingWeights().forEach(out::writeNumberProperty);
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeStringProperty("RevisionId", alias.revisionId());
    }
}
