package dev.hearth.sam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What SAM makes of an `AWS::Serverless::Function`: the function, and by its properties a version with an alias that
/// follows it, a URL, and settings for asynchronous calls, under the logical ids that SAM gives them.
final class SamFunction {
    /// Properties of ours on a version that `AutoPublishAlias` makes.
    static final String FOLLOWED_BY = "Hearth::FollowedBy";
    static final String ALL_PROPERTIES = "Hearth::AllProperties";

    private static final Map<String, String> RENAMED =
            Map.of("Tracing", "TracingConfig", "DeadLetterQueue", "DeadLetterConfig");

    private final String id;
    private final int line;
    private final Value.Mapping properties;
    private final Set<String> dependsOn;
    private final Evaluator parameters;

    /// @param properties with the Globals in them
    /// @param parameters computes what refers to no resource
    SamFunction(String id, int line, Value.Mapping properties, Set<String> dependsOn, Evaluator parameters) {
        this.id = id;
        this.line = line;
        this.properties = withoutNoValue(properties, parameters);
        this.dependsOn = dependsOn;
        this.parameters = parameters;
    }

    static Value.Mapping withoutNoValue(Value.Mapping properties, Evaluator parameters) {
        var kept = new LinkedHashMap<String, Value>();
        properties.entries().forEach((key, value) -> parameters.branch(value).ifPresent(v -> kept.put(key, v)));
        return new Value.Mapping(properties.line(), kept);
    }

    List<Resource> resources() {
        var all = new ArrayList<Resource>();
        all.add(function());
        Optional<String> alias = alias();
        alias.ifPresent(name -> {
            all.add(version(name));
            all.add(alias(name));
        });
        if (alias.isEmpty() && properties.get("ProvisionedConcurrencyConfig").isPresent()) {
            throw new TemplateException(
                    line, "ProvisionedConcurrencyConfig needs AutoPublishAlias: name the alias that has it");
        }
        properties.get("FunctionUrlConfig").ifPresent(config -> all.add(url(config, alias)));
        properties.get("EventInvokeConfig").ifPresent(config -> all.add(eventInvoke(config, alias)));
        return all;
    }

    /// The logical ids behind the attributes that SAM knows beside CloudFormation's: `Function.Version`,
    /// `Function.Alias`.
    Map<String, String> synonyms() {
        var ids = new LinkedHashMap<String, String>();
        alias().ifPresent(name -> {
            ids.put(id + ".Version", versionId());
            ids.put(id + ".Alias", aliasId(name));
        });
        return ids;
    }

    private Optional<String> alias() {
        return properties.get("AutoPublishAlias").flatMap(parameters::evaluate).map(v -> v.asText("AutoPublishAlias"));
    }

    private String versionId() {
        return id + "Version";
    }

    private String aliasId(String name) {
        return id + "Alias" + name.replaceAll("[^A-Za-z0-9]", "");
    }

    private Resource function() {
        var own = new LinkedHashMap<String, Value>();
        properties.entries().forEach((key, value) -> {
            if (FunctionProperties.COMMON.contains(key) || key.equals("CodeUri") || key.equals("InlineCode")) {
                own.put(key, value);
            } else if (RENAMED.containsKey(key)) {
                own.put(
                        RENAMED.get(key),
                        key.equals("Tracing") ? Value.Mapping.of(value.line(), "Mode", value) : value);
            }
        });
        return new Resource(id, Resource.Type.FUNCTION, line, new Value.Mapping(properties.line(), own), dependsOn);
    }

    private Resource version(String alias) {
        var own = new LinkedHashMap<String, Value>();
        own.put("FunctionName", ref(id));
        own.put(FOLLOWED_BY, Value.Scalar.text(line, alias));
        properties.get("VersionDescription").ifPresent(value -> own.put("Description", value));
        properties.get("AutoPublishAliasAllProperties").ifPresent(value -> own.put(ALL_PROPERTIES, value));
        return made(versionId(), Resource.Type.VERSION, own);
    }

    private Resource alias(String name) {
        var own = new LinkedHashMap<String, Value>();
        own.put("FunctionName", ref(id));
        own.put("Name", Value.Scalar.text(line, name));
        own.put(
                "FunctionVersion",
                Value.Mapping.of(line, "Fn::GetAtt", Value.Scalar.text(line, versionId() + ".Version")));
        properties
                .get("ProvisionedConcurrencyConfig")
                .ifPresent(value -> own.put("ProvisionedConcurrencyConfig", value));
        return made(aliasId(name), Resource.Type.ALIAS, own);
    }

    private Resource url(Value config, Optional<String> alias) {
        var own = new LinkedHashMap<>(config.asMapping("FunctionUrlConfig").entries());
        own.put("TargetFunctionArn", ref(id));
        return made(id + "Url", Resource.Type.URL, qualified(own, alias));
    }

    private Resource eventInvoke(Value config, Optional<String> alias) {
        var own = new LinkedHashMap<>(config.asMapping("EventInvokeConfig").entries());
        own.put("FunctionName", ref(id));
        return made(id + "EventInvokeConfig", Resource.Type.EVENT_INVOKE, qualified(own, alias));
    }

    /// On the alias where there is one; the reference makes that the alias comes first.
    private Map<String, Value> qualified(Map<String, Value> own, Optional<String> alias) {
        alias.ifPresent(name -> own.put("Qualifier", Value.Scalar.text(line, name)));
        return own;
    }

    private Resource made(String madeId, Resource.Type type, Map<String, Value> own) {
        boolean afterAlias = type == Resource.Type.URL || type == Resource.Type.EVENT_INVOKE;
        Set<String> before =
                afterAlias ? alias().map(name -> Set.of(aliasId(name))).orElse(Set.of()) : Set.of();
        return new Resource(madeId, type, line, new Value.Mapping(line, own), before);
    }

    private Value ref(String name) {
        return Value.Mapping.of(line, "Ref", Value.Scalar.text(line, name));
    }
}
