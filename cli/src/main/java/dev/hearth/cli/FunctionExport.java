package dev.hearth.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns a function and what it has beside its code into resources of a SAM template.
final class FunctionExport {
    private static final String LATEST = "$LATEST";

    private final StackApi api;
    private final String name;
    private final Json configuration;
    private final Map<String, String> tags;
    private final List<String> leftOut = new ArrayList<>();

    /// @param function as GetFunction answers
    FunctionExport(StackApi api, Json function) {
        this.api = api;
        this.configuration = function.get("Configuration");
        this.name = configuration.textOrEmpty("FunctionName");
        this.tags = Flat.texts(function.get("Tags").value());
    }

    /// What the template cannot hold.
    List<String> leftOut() {
        return leftOut;
    }

    /// The id it had in the stack that made it, else one from its name.
    String logicalId() {
        return tags.getOrDefault(StackTags.LOGICAL_ID, LogicalIds.of(name));
    }

    Optional<String> stack() {
        return Optional.ofNullable(tags.get(StackTags.STACK));
    }

    List<String> layers() {
        return configuration.get("Layers").items().stream()
                .map(layer -> layer.textOrEmpty("Arn"))
                .toList();
    }

    /// @param id     its logical id
    /// @param code   where its code is
    /// @param layers logical ids of its layers
    /// @return resources by logical id, the function first
    Map<String, Object> resources(String id, String code, List<String> layers) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("FunctionName", name);
        properties.put("CodeUri", code);
        copy(
                properties,
                "Handler",
                "Runtime",
                "Role",
                "Description",
                "MemorySize",
                "Timeout",
                "Architectures",
                "Environment");
        if (!layers.isEmpty()) {
            properties.put(
                    "Layers", layers.stream().map(layer -> Map.of("Ref", layer)).toList());
        }
        settings(properties);
        api.reserved(name).ifPresent(reserved -> properties.put("ReservedConcurrentExecutions", reserved));
        Map<String, String> users = StackTags.ofUser(tags);
        if (!users.isEmpty()) {
            properties.put("Tags", users);
        }
        var resources = new LinkedHashMap<String, Object>();
        resources.put(id, resource("AWS::Serverless::Function", properties));
        Optional<String> alias = alias(properties);
        int statements = api.statements(name);
        if (statements > 0) {
            leftOut.add(name + ": its policy with " + statements + (statements == 1 ? " statement" : " statements"));
        }
        beside(resources, properties, id, alias.orElse(LATEST));
        if (alias.isPresent()) {
            besideLatest(resources, id);
        }
        return resources;
    }

    private void copy(Map<String, Object> properties, String... names) {
        for (String member : names) {
            Object value = configuration.get(member).value();
            if (value != null && !Flat.leaves(value).isEmpty()) {
                properties.put(member, value);
            }
        }
    }

    /// What is not the default.
    private void settings(Map<String, Object> properties) {
        long storage = configuration.get("EphemeralStorage").number("Size").orElse(512L);
        if (storage != 512) {
            properties.put("EphemeralStorage", Map.of("Size", storage));
        }
        String tracing = configuration.get("TracingConfig").textOrEmpty("Mode");
        if (tracing.equals("Active")) {
            properties.put("Tracing", tracing);
        }
        String snapStart = configuration.get("SnapStart").textOrEmpty("ApplyOn");
        if (snapStart.equals("PublishedVersions")) {
            properties.put("SnapStart", Map.of("ApplyOn", snapStart));
        }
        Json logging = configuration.get("LoggingConfig");
        boolean usual = logging.textOrEmpty("LogFormat").equals("Text")
                && logging.textOrEmpty("LogGroup").equals("/aws/lambda/" + name);
        if (!logging.isNull() && !usual) {
            copy(properties, "LoggingConfig");
        }
        configuration.get("DeadLetterConfig").text("TargetArn").ifPresent(arn -> {
            var queue = new LinkedHashMap<String, Object>();
            queue.put("Type", arn.contains(":sns:") ? "SNS" : "SQS");
            queue.put("TargetArn", arn);
            properties.put("DeadLetterQueue", queue);
        });
        if (!configuration.get("VpcConfig").get("SubnetIds").items().isEmpty()) {
            var vpc = new LinkedHashMap<>((Map<?, ?>) java.util.Objects.requireNonNull(
                    configuration.get("VpcConfig").value()));
            vpc.remove("VpcId");
            properties.put("VpcConfig", vpc);
        }
        configuration.text("KMSKeyArn").ifPresent(arn -> properties.put("KmsKeyArn", arn));
    }

    /// The alias that follows the code: one whose version is what $LATEST is. The code of other versions is not
    /// exported.
    private Optional<String> alias(Map<String, Object> properties) {
        Optional<String> chosen = Optional.empty();
        for (Json alias : api.listAliases(name)) {
            String aliasName = alias.textOrEmpty("Name");
            if (chosen.isEmpty() && isOfLatest(alias)) {
                chosen = Optional.of(aliasName);
                properties.put("AutoPublishAlias", aliasName);
                api.provisioned(name, aliasName)
                        .ifPresent(n -> properties.put(
                                "ProvisionedConcurrencyConfig", Map.of("ProvisionedConcurrentExecutions", n)));
            } else {
                leftOut.add(name + ": the alias " + aliasName + " of version " + alias.textOrEmpty("FunctionVersion")
                        + ": a template has one alias, of the newest code");
            }
        }
        return chosen;
    }

    private boolean isOfLatest(Json alias) {
        if (!alias.get("RoutingConfig").isNull()) {
            return false;
        }
        Optional<Json> version = api.version(name, alias.textOrEmpty("FunctionVersion"));
        return version.isPresent()
                && version.get().textOrEmpty("CodeSha256").equals(configuration.textOrEmpty("CodeSha256"));
    }

    /// The URL and the settings for asynchronous calls where SAM would make them: on the alias if there is one.
    private void beside(Map<String, Object> resources, Map<String, Object> properties, String id, String qualifier) {
        api.url(name, Optional.of(qualifier).filter(q -> !q.equals(LATEST)))
                .ifPresent(url -> properties.put("FunctionUrlConfig", url(url)));
        api.eventInvoke(name, qualifier).ifPresent(config -> {
            var settings = invoke(config);
            if (settings.containsKey("DestinationConfig")) {
                // SAM's own form wants the kind of each destination beside its ARN.
                resources.put(id + "EventInvokeConfig", invokeResource(id, qualifier, settings));
            } else {
                properties.put("EventInvokeConfig", settings);
            }
        });
    }

    private void besideLatest(Map<String, Object> resources, String id) {
        api.url(name, Optional.empty()).ifPresent(url -> {
            var properties = new LinkedHashMap<String, Object>();
            properties.put("TargetFunctionArn", Map.of("Ref", id));
            properties.putAll(url(url));
            resources.put(id + "LatestUrl", resource("AWS::Lambda::Url", properties));
        });
        api.eventInvoke(name, LATEST)
                .ifPresent(config ->
                        resources.put(id + "LatestEventInvokeConfig", invokeResource(id, LATEST, invoke(config))));
    }

    private static Map<String, Object> url(Json url) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("AuthType", url.textOrEmpty("AuthType"));
        properties.put("InvokeMode", url.textOrEmpty("InvokeMode"));
        Optional.ofNullable(url.get("Cors").value())
                .filter(cors -> !Flat.leaves(cors).isEmpty())
                .ifPresent(cors -> properties.put("Cors", cors));
        return properties;
    }

    private static Map<String, Object> invoke(Json config) {
        var settings = new LinkedHashMap<String, Object>();
        config.number("MaximumRetryAttempts").ifPresent(n -> settings.put("MaximumRetryAttempts", n));
        config.number("MaximumEventAgeInSeconds").ifPresent(n -> settings.put("MaximumEventAgeInSeconds", n));
        var destinations = new LinkedHashMap<String, Object>();
        for (String when : List.of("OnSuccess", "OnFailure")) {
            config.get("DestinationConfig")
                    .get(when)
                    .text("Destination")
                    .ifPresent(arn -> destinations.put(when, Map.of("Destination", arn)));
        }
        if (!destinations.isEmpty()) {
            settings.put("DestinationConfig", destinations);
        }
        return settings;
    }

    private static Map<String, Object> invokeResource(String id, String qualifier, Map<String, Object> settings) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("FunctionName", Map.of("Ref", id));
        properties.put("Qualifier", qualifier);
        properties.putAll(settings);
        return resource("AWS::Lambda::EventInvokeConfig", properties);
    }

    static Map<String, Object> resource(String type, Map<String, Object> properties) {
        var resource = new LinkedHashMap<String, Object>();
        resource.put("Type", type);
        resource.put("Properties", properties);
        return resource;
    }
}
