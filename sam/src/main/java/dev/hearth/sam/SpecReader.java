package dev.hearth.sam;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// Turns a resource's properties into its [Spec].
final class SpecReader {
    private final Resource resource;
    private final Evaluator evaluator;
    private final Inputs inputs;
    private final Path directory;
    private final List<StandIn> standIns;
    private final List<Ignored> ignored = new ArrayList<>();

    /// @param standIns where the evaluator notes what it took for resources that are not here
    SpecReader(Resource resource, Evaluator evaluator, Inputs inputs, Path directory, List<StandIn> standIns) {
        this.resource = resource;
        this.evaluator = evaluator;
        this.inputs = inputs;
        this.directory = directory;
        this.standIns = standIns;
    }

    List<Ignored> ignored() {
        return ignored;
    }

    Spec read() {
        return switch (resource.type()) {
            case FUNCTION -> function();
            case LAYER -> layer();
            case VERSION -> version();
            case ALIAS -> alias();
            case URL -> url();
            case EVENT_INVOKE -> eventInvoke();
            case PERMISSION -> permission();
        };
    }

    private Spec function() {
        String name = text("FunctionName").orElseGet(() -> inputs.nameOf(resource.id()));
        var settings = new LinkedHashMap<String, Object>();
        settings.put("Runtime", required("Runtime"));
        settings.put("Handler", required("Handler"));
        settings.put("Role", text("Role").orElseGet(() -> Stack.implicitRole(inputs, resource.id() + "Role")));
        settings.put("MemorySize", number("MemorySize").orElse(128));
        settings.put("Timeout", number("Timeout").orElse(3));
        settings.put("Description", text("Description").orElse(""));
        settings.put("Environment", Map.of("Variables", environment()));
        settings.put("Layers", texts("Layers"));
        settings.put("Architectures", texts("Architectures").isEmpty() ? List.of("x86_64") : texts("Architectures"));
        settings.put(
                "EphemeralStorage",
                Map.of(
                        "Size",
                        mapping("EphemeralStorage")
                                .map(m -> number(m, "Size").orElse(512))
                                .orElse(512L)));
        settings.put(
                "TracingConfig",
                Map.of(
                        "Mode",
                        mapping("TracingConfig").flatMap(m -> m.text("Mode")).orElse("PassThrough")));
        settings.put(
                "SnapStart",
                Map.of(
                        "ApplyOn",
                        mapping("SnapStart").flatMap(m -> m.text("ApplyOn")).orElse("None")));
        settings.put("LoggingConfig", logging(name));
        settings.put("DeadLetterConfig", Map.of("TargetArn", deadLetter()));
        text("KmsKeyArn").ifPresent(arn -> settings.put("KMSKeyArn", arn));
        vpc().ifPresent(vpc -> settings.put("VpcConfig", vpc));
        return new Spec.Function(name, code(), settings, tags(), number("ReservedConcurrentExecutions"));
    }

    private Map<String, String> environment() {
        var variables = new LinkedHashMap<String, String>();
        mapping("Environment")
                .ifPresent(environment -> environment
                        .mapping("Variables")
                        .entries()
                        .forEach((key, value) -> variables.put(key, variable(key, value))));
        return variables;
    }

    private String variable(String key, Value value) {
        String text = value.asText("the variable '" + key + "'");
        if (text.contains("{{resolve:")) {
            ignored.add(new Ignored(
                    value.line(),
                    resource.id() + ": Environment.Variables." + key,
                    "nothing resolves a dynamic reference here: the function gets its text"));
        }
        return text;
    }

    private Map<String, Object> logging(String name) {
        Value.Mapping given = mapping("LoggingConfig").orElseGet(() -> new Value.Mapping(resource.line(), Map.of()));
        var logging = new LinkedHashMap<String, Object>();
        String format = given.text("LogFormat").orElse("Text");
        logging.put("LogFormat", format);
        if (format.equals("JSON")) {
            logging.put("ApplicationLogLevel", given.text("ApplicationLogLevel").orElse("INFO"));
            logging.put("SystemLogLevel", given.text("SystemLogLevel").orElse("INFO"));
        }
        logging.put("LogGroup", given.text("LogGroup").orElse("/aws/lambda/" + name));
        return logging;
    }

    private String deadLetter() {
        return mapping("DeadLetterConfig").flatMap(m -> m.text("TargetArn")).orElse("");
    }

    /// Subnets that are made by the same template are not here: their ids would be invented.
    private Optional<Object> vpc() {
        int before = standIns.size();
        Optional<Value.Mapping> vpc = mapping("VpcConfig");
        if (vpc.isPresent() && standIns.size() > before) {
            standIns.subList(before, standIns.size()).clear();
            ignored.add(new Ignored(
                    vpc.get().line(),
                    resource.id() + ": VpcConfig",
                    "its subnets are not here; docs/isolation.md says what functions can reach"));
            return Optional.empty();
        }
        return vpc.map(v -> Objects.requireNonNull(v.plain()));
    }

    private Map<String, String> tags() {
        var tags = new LinkedHashMap<String, String>();
        Optional<Value> given = value("Tags");
        if (given.isPresent() && given.get() instanceof Value.Sequence list) {
            for (Value item : list.items()) {
                Value.Mapping tag = item.asMapping("a tag");
                tags.put(tag.text("Key").orElse(""), tag.text("Value").orElse(""));
            }
        } else {
            given.ifPresent(map -> map.asMapping("Tags")
                    .entries()
                    .forEach((key, value) -> tags.put(key, value.asText("the tag '" + key + "'"))));
        }
        return tags;
    }

    private Spec.Code code() {
        Optional<String> inline = text("InlineCode")
                .or(() -> value("Code")
                        .filter(Value.Mapping.class::isInstance)
                        .flatMap(code -> code.asMapping("Code").text("ZipFile")));
        if (inline.isPresent()) {
            return new Spec.Code.Inline(
                    required("Runtime").startsWith("python") ? "index.py" : "index.js", inline.get());
        }
        Optional<Value> uri = value("CodeUri").or(() -> value("Code"));
        return new Spec.Code.Local(
                local(uri.orElseThrow(() -> missing(resource.properties().line(), "CodeUri")), "CodeUri"));
    }

    /// A path of the template as one of this machine.
    private Path local(Value value, String what) {
        if (value instanceof Value.Mapping object) {
            return besideTemplate(
                    object.text("S3Key").or(() -> object.text("Key")).orElse(""), object.line(), what);
        }
        if (value.asText(what).startsWith("s3://")) {
            return besideTemplate(value.asText(what), value.line(), what);
        }
        Path path = directory.resolve(value.asText(what)).normalize();
        if (!Files.exists(path)) {
            throw new TemplateException(
                    value.line(),
                    what + " '" + value.asText(what) + "' is not there: no " + path
                            + "; correct the path, or build it (`sam build`)");
        }
        return path;
    }

    /// What is to be uploaded lies beside the template where a packager made both, as `serverless package` does.
    private Path besideTemplate(String key, int line, String what) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        Path file = directory.resolve(name);
        if (name.isEmpty() || name.equals("..") || !Files.isRegularFile(file)) {
            throw new TemplateException(
                    line,
                    what + " is in S3, which is not read from here: put "
                            + (name.isEmpty() ? "the zip" : "'" + name + "'")
                            + " beside the template, or run `sam build` and deploy .aws-sam/build/template.yaml");
        }
        return file;
    }

    private Spec layer() {
        return new Spec.Layer(
                text("LayerName").orElseGet(() -> inputs.nameOf(resource.id())),
                local(
                        value("Content")
                                .orElseThrow(() -> missing(resource.properties().line(), "ContentUri")),
                        "ContentUri"),
                text("Description").orElse(""),
                texts("CompatibleRuntimes"),
                texts("CompatibleArchitectures"),
                text("LicenseInfo"));
    }

    private Spec version() {
        return new Spec.Version(
                functionName("FunctionName"),
                text("Description").orElse(""),
                text(SamFunction.FOLLOWED_BY),
                text(SamFunction.ALL_PROPERTIES).orElse("false").equals("true"));
    }

    private Spec alias() {
        var weights = new LinkedHashMap<String, Object>();
        mapping("RoutingConfig")
                .flatMap(routing -> routing.get("AdditionalVersionWeights"))
                .ifPresent(list -> list.asList("AdditionalVersionWeights").forEach(item -> {
                    Value.Mapping weight = item.asMapping("a weight");
                    weights.put(
                            weight.text("FunctionVersion").orElseThrow(() -> missing(weight.line(), "FunctionVersion")),
                            weight.get("FunctionWeight")
                                    .map(w -> w.asDecimal("FunctionWeight"))
                                    .orElseThrow(() -> missing(weight.line(), "FunctionWeight")));
                }));
        OptionalLong provisioned = mapping("ProvisionedConcurrencyConfig")
                .map(m -> number(m, "ProvisionedConcurrentExecutions"))
                .orElse(OptionalLong.empty());
        return new Spec.Alias(
                functionName("FunctionName"),
                required("Name"),
                required("FunctionVersion"),
                text("Description").orElse(""),
                weights,
                provisioned);
    }

    private Spec url() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("AuthType", required("AuthType"));
        settings.put("InvokeMode", text("InvokeMode").orElse("BUFFERED"));
        mapping("Cors").ifPresent(cors -> settings.put("Cors", Objects.requireNonNull(cors.plain())));
        String target = required("TargetFunctionArn");
        return new Spec.Url(
                FunctionReference.name(target),
                text("Qualifier").or(() -> FunctionReference.qualifier(target)),
                settings);
    }

    private Spec eventInvoke() {
        var settings = new LinkedHashMap<String, Object>();
        number("MaximumRetryAttempts").ifPresent(value -> settings.put("MaximumRetryAttempts", value));
        number("MaximumEventAgeInSeconds").ifPresent(value -> settings.put("MaximumEventAgeInSeconds", value));
        mapping("DestinationConfig").ifPresent(config -> {
            var destinations = new LinkedHashMap<String, Object>();
            for (String when : List.of("OnSuccess", "OnFailure")) {
                config.get(when)
                        .flatMap(d -> destination(d.asMapping(when), when))
                        .ifPresent(arn -> destinations.put(when, Map.of("Destination", arn)));
            }
            if (!destinations.isEmpty()) {
                settings.put("DestinationConfig", destinations);
            }
        });
        return new Spec.EventInvoke(
                functionName("FunctionName"), text("Qualifier").orElse("$LATEST"), settings);
    }

    /// SAM makes a queue or topic where a type is named and no destination.
    private Optional<String> destination(Value.Mapping destination, String when) {
        Optional<String> arn = destination.text("Destination");
        if (arn.isEmpty()) {
            ignored.add(new Ignored(
                    destination.line(),
                    resource.id() + ": DestinationConfig." + when,
                    "it names no Destination, and queues and topics are not made here"));
        }
        return arn;
    }

    private Spec permission() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("Action", required("Action"));
        fields.put("Principal", required("Principal"));
        for (String optional :
                List.of("SourceArn", "SourceAccount", "EventSourceToken", "PrincipalOrgID", "FunctionUrlAuthType")) {
            text(optional).ifPresent(value -> fields.put(optional, value));
        }
        text("InvokedViaFunctionUrl").ifPresent(flag -> fields.put("InvokedViaFunctionUrl", flag.equals("true")));
        String function = required("FunctionName");
        return new Spec.Permission(
                FunctionReference.name(function), FunctionReference.qualifier(function), resource.id(), fields);
    }

    private String functionName(String property) {
        return FunctionReference.name(required(property));
    }

    private Optional<Value> value(String property) {
        return resource.properties().get(property).flatMap(evaluator::evaluate).filter(v -> !v.isNull());
    }

    private Optional<String> text(String property) {
        return value(property).map(v -> v.asText(property));
    }

    private String required(String property) {
        return text(property).orElseThrow(() -> missing(resource.properties().line(), property));
    }

    private TemplateException missing(int line, String property) {
        return new TemplateException(line, property + " is missing");
    }

    private OptionalLong number(String property) {
        return value(property).map(v -> OptionalLong.of(v.asNumber(property))).orElse(OptionalLong.empty());
    }

    private static OptionalLong number(Value.Mapping mapping, String property) {
        return mapping.get(property)
                .map(v -> OptionalLong.of(v.asNumber(property)))
                .orElse(OptionalLong.empty());
    }

    private List<String> texts(String property) {
        return value(property)
                .map(v -> v.asList(property).stream()
                        .map(item -> item.asText("an item of " + property))
                        .toList())
                .orElse(List.of());
    }

    private Optional<Value.Mapping> mapping(String property) {
        return value(property).map(v -> v.asMapping(property));
    }
}
