package dev.hearth.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/// Writes the layer versions that functions have, each once.
final class LayerExport {
    private final LambdaApi lambda;
    private final StackApi api;
    private final CodeOutput output;
    private final LogicalIds ids;
    private final Map<String, String> idByArn = new LinkedHashMap<>();
    private final Map<String, Object> resources = new LinkedHashMap<>();

    LayerExport(LambdaApi lambda, StackApi api, CodeOutput output, LogicalIds ids) {
        this.lambda = lambda;
        this.api = api;
        this.output = output;
        this.ids = ids;
    }

    /// The logical id of a layer version.
    String idOf(String arn) {
        String known = idByArn.get(arn);
        if (known != null) {
            return known;
        }
        Json layer = api.layerVersion(arn);
        String[] parts = arn.split(":");
        String name = parts[parts.length - 2];
        String id = ids.take(LogicalIds.of(name) + "Layer");
        var properties = new LinkedHashMap<String, Object>();
        properties.put("LayerName", name);
        properties.put(
                "ContentUri", output.write("layers/" + name + "-" + parts[parts.length - 1], lambda.layerCode(arn)));
        for (String member :
                new String[] {"Description", "CompatibleRuntimes", "CompatibleArchitectures", "LicenseInfo"}) {
            Object value = layer.get(member).value();
            if (value != null && !Flat.leaves(Map.of("", value)).isEmpty()) {
                properties.put(member, value);
            }
        }
        resources.put(id, FunctionExport.resource("AWS::Serverless::LayerVersion", properties));
        idByArn.put(arn, id);
        return id;
    }

    Map<String, Object> resources() {
        return resources;
    }
}
