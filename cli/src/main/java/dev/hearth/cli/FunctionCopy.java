package dev.hearth.cli;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a function is made of, to make another one of it.
///
/// @param configuration its configuration, as GetFunction has it
/// @param zip           its code
/// @param tags          its tags
record FunctionCopy(Json configuration, byte[] zip, Map<?, ?> tags) {
    private static final List<String> KEPT =
            List.of("Runtime", "Handler", "Role", "Timeout", "MemorySize", "Architectures", "EphemeralStorage");

    static FunctionCopy of(LambdaApi lambda, String name, Optional<String> qualifier) {
        Json function = lambda.function(name, qualifier);
        byte[] zip = lambda.code(function.get("Code").textOrEmpty("Location"));
        Map<?, ?> tags = function.get("Tags").value() instanceof Map<?, ?> map ? map : Map.of();
        return new FunctionCopy(function.get("Configuration"), zip, tags);
    }

    FunctionCopy withZip(byte[] other) {
        return new FunctionCopy(configuration, other, tags);
    }

    /// Its environment variables.
    Map<String, String> environment() {
        var variables = new LinkedHashMap<String, String>();
        if (configuration.get("Environment").get("Variables").value() instanceof Map<?, ?> map) {
            map.forEach((name, value) -> variables.put(String.valueOf(name), String.valueOf(value)));
        }
        return variables;
    }

    /// The ARNs of its layers.
    List<String> layers() {
        return configuration.get("Layers").items().stream()
                .map(layer -> layer.textOrEmpty("Arn"))
                .toList();
    }

    /// CreateFunction for a copy of it. It logs as text, to a group of its own.
    Map<String, Object> create(String name) {
        var request = new LinkedHashMap<String, Object>();
        request.put("FunctionName", name);
        request.put("Description", "Temporary, for a measurement of " + configuration.textOrEmpty("FunctionName"));
        for (String field : KEPT) {
            Optional.ofNullable(configuration.get(field).value()).ifPresent(value -> request.put(field, value));
        }
        request.put("Environment", Map.of("Variables", environment()));
        request.put("Layers", layers());
        request.put("Tags", tags);
        request.put("Code", Map.of("ZipFile", Base64.getEncoder().encodeToString(zip)));
        return request;
    }

    @Override
    public String toString() {
        return "FunctionCopy[" + configuration.textOrEmpty("FunctionName") + "]";
    }
}
