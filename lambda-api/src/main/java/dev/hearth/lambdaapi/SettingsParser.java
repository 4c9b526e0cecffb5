package dev.hearth.lambdaapi;

import dev.hearth.model.Architecture;
import dev.hearth.model.ByteSize;
import dev.hearth.model.Limits;
import dev.hearth.model.VpcConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Reads the settings members of CreateFunction and UpdateFunctionConfiguration and checks each by itself.
record SettingsParser(Limits limits) {
    private static final int SUBNETS_MAX = 16;
    private static final int SECURITY_GROUPS_MAX = 5;

    static final List<String> ARCHITECTURES = List.of("x86_64", "arm64");

    SettingsChange parse(Fields body, Violations violations) {
        Optional<String> handler = body.string("Handler");
        handler.ifPresent(value -> {
            violations.length("handler", value, 0, 128);
            violations.matches("handler", value, Patterns.HANDLER);
        });
        Optional<String> role = body.string("Role");
        role.ifPresent(value -> violations.matches("role", value, Patterns.ROLE));
        return new SettingsChange(
                body.string("Runtime"),
                handler,
                role,
                description(body, violations),
                timeout(body, violations),
                memory(body, violations),
                body.object("Environment")
                        .map(environment -> environment.stringMap("Variables").orElse(java.util.Map.of())),
                layers(body, violations),
                body.object("EphemeralStorage").flatMap(storage -> ephemeralStorage(storage, violations)),
                architecture(body, violations),
                chosen(
                        body,
                        "TracingConfig",
                        "Mode",
                        "tracingConfig.mode",
                        List.of("Active", "PassThrough"),
                        violations),
                body.object("LoggingConfig").map(logging -> logging(logging, violations)),
                chosen(
                        body,
                        "SnapStart",
                        "ApplyOn",
                        "snapStart.applyOn",
                        List.of("PublishedVersions", "None"),
                        violations),
                body.object("DeadLetterConfig")
                        .flatMap(config -> arn(config, "TargetArn", "deadLetterConfig.targetArn", violations)),
                arn(body, "KMSKeyArn", "kmsKeyArn", violations),
                body.object("VpcConfig").map(vpc -> vpc(vpc, violations)));
    }

    static Optional<String> description(Fields body, Violations violations) {
        Optional<String> description = body.string("Description");
        description.ifPresent(value -> violations.length("description", value, 0, 256));
        return description;
    }

    static Optional<Architecture> architecture(Fields body, Violations violations) {
        Optional<List<String>> names = body.strings("Architectures");
        names.ifPresent(given -> {
            if (given.isEmpty()) {
                violations.add("architectures", given, "Member must have length greater than or equal to 1");
            }
            violations.size("architectures", given, 1);
            violations.eachOneOf("architectures", given, ARCHITECTURES);
        });
        return names.filter(given -> given.size() == 1).flatMap(given -> architecture(given.getFirst()));
    }

    static Optional<Architecture> architecture(String name) {
        for (Architecture architecture : Architecture.values()) {
            if (architecture.awsName().equals(name)) {
                return Optional.of(architecture);
            }
        }
        return Optional.empty();
    }

    private Optional<Duration> timeout(Fields body, Violations violations) {
        Optional<Integer> seconds = body.integer("Timeout");
        seconds.ifPresent(value ->
                violations.range("timeout", value, 1, limits.timeoutMax().toSeconds()));
        return seconds.map(Duration::ofSeconds);
    }

    private Optional<ByteSize> memory(Fields body, Violations violations) {
        return mebibytes(body, "MemorySize", "memorySize", limits.memoryMin(), limits.memoryMax(), violations);
    }

    private Optional<ByteSize> ephemeralStorage(Fields storage, Violations violations) {
        if (!storage.has("Size")) {
            violations.missing("ephemeralStorage.size");
        }
        return mebibytes(storage, "Size", "ephemeralStorage.size", limits.tmpMin(), limits.tmpMax(), violations);
    }

    private static Optional<ByteSize> mebibytes(
            Fields fields, String name, String member, ByteSize min, ByteSize max, Violations violations) {
        Optional<Integer> mib = fields.integer(name);
        mib.ifPresent(value -> violations.range(member, value, min.toMibRoundedUp(), max.toMibRoundedUp()));
        return mib.filter(value -> value >= 0).map(ByteSize::ofMib);
    }

    private static Optional<List<String>> layers(Fields body, Violations violations) {
        Optional<List<String>> arns = body.strings("Layers");
        arns.ifPresent(given -> {
            if (!given.stream()
                    .allMatch(arn -> Patterns.LAYER_VERSION_ARN.matcher(arn).matches())) {
                violations.add(
                        "layers",
                        given,
                        "Member must satisfy constraint: [Member must have length less than or equal to 2048, Member must"
                                + " have length greater than or equal to 1, Member must satisfy regular expression pattern: "
                                + Patterns.LAYER_VERSION_ARN.pattern() + ", Member must not be null]");
            }
        });
        return arns;
    }

    private static SettingsChange.Logging logging(Fields logging, Violations violations) {
        Optional<String> format = logging.string("LogFormat");
        format.ifPresent(value -> violations.oneOf("loggingConfig.logFormat", value, List.of("JSON", "Text")));
        Optional<String> application = logging.string("ApplicationLogLevel");
        application.ifPresent(value -> violations.oneOf(
                "loggingConfig.applicationLogLevel",
                value,
                List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")));
        Optional<String> system = logging.string("SystemLogLevel");
        system.ifPresent(
                value -> violations.oneOf("loggingConfig.systemLogLevel", value, List.of("DEBUG", "INFO", "WARN")));
        Optional<String> group = logging.string("LogGroup");
        group.ifPresent(value -> {
            violations.length("loggingConfig.logGroup", value, 1, 512);
            violations.matches("loggingConfig.logGroup", value, Patterns.LOG_GROUP);
        });
        return new SettingsChange.Logging(format, group, application, system);
    }

    private static Optional<String> chosen(
            Fields body, String structure, String name, String member, List<String> values, Violations violations) {
        Optional<String> value = body.object(structure).flatMap(fields -> fields.string(name));
        value.ifPresent(given -> violations.oneOf(member, given, values));
        return value;
    }

    private static Optional<String> arn(Fields fields, String name, String member, Violations violations) {
        Optional<String> arn = fields.string(name);
        arn.ifPresent(value -> violations.matches(member, value, Patterns.RESOURCE_ARN));
        return arn;
    }

    private static VpcConfig vpc(Fields vpc, Violations violations) {
        List<String> subnets = vpc.strings("SubnetIds").orElse(List.of());
        violations.size("vpcConfig.subnetIds", subnets, SUBNETS_MAX);
        List<String> groups = vpc.strings("SecurityGroupIds").orElse(List.of());
        violations.size("vpcConfig.securityGroupIds", groups, SECURITY_GROUPS_MAX);
        return new VpcConfig(subnets, groups, vpc.flag("Ipv6AllowedForDualStack"));
    }
}
