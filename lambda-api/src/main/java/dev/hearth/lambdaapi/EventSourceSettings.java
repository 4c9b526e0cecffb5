package dev.hearth.lambdaapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// The members of a request about an event source mapping that are kept as they are, checked.
///
/// @param source       what kind of source it is, which decides defaults and messages
/// @param arn          of the source; empty for sources that have none
/// @param members      as the API shows them
/// @param destinations where records go, when that is named
record EventSourceSettings(
        EventSource source,
        Optional<String> arn,
        Map<String, Object> members,
        Optional<Destinations.Pair> destinations) {
    /// What both requests may name, with its bounds.
    private static final List<Bounds> NUMBERS = List.of(
            new Bounds("BatchSize", 1, 10_000),
            new Bounds("MaximumBatchingWindowInSeconds", 0, 300),
            new Bounds("ParallelizationFactor", 1, 10),
            new Bounds("MaximumRecordAgeInSeconds", -1, 604_800),
            new Bounds("MaximumRetryAttempts", -1, 10_000),
            new Bounds("TumblingWindowInSeconds", 0, 900));

    private static final List<String> OTHERS = List.of(
            "FilterCriteria",
            "StartingPosition",
            "StartingPositionTimestamp",
            "DestinationConfig",
            "BisectBatchOnFunctionError",
            "Topics",
            "Queues",
            "SourceAccessConfigurations",
            "SelfManagedEventSource",
            "FunctionResponseTypes",
            "AmazonManagedKafkaEventSourceConfig",
            "SelfManagedKafkaEventSourceConfig",
            "ScalingConfig",
            "DocumentDBEventSourceConfig",
            "KMSKeyArn",
            "MetricsConfig",
            "LoggingConfig",
            "ProvisionedPollerConfig");

    private record Bounds(String member, int min, int max) {
        String path() {
            return Character.toLowerCase(member.charAt(0)) + member.substring(1);
        }
    }

    static EventSourceSettings of(Optional<String> arn, Fields body) {
        Optional<Destinations.Pair> pair =
                body.object("DestinationConfig").map(config -> Destinations.Pair.of(config, new Violations()));
        var members = new LinkedHashMap<String, Object>();
        NUMBERS.forEach(
                bounds -> body.integer(bounds.member()).ifPresent(value -> members.put(bounds.member(), (long) value)));
        body.members().forEach((member, value) -> {
            if (OTHERS.contains(member)) {
                members.put(member, plain(value));
            }
        });
        return new EventSourceSettings(EventSource.of(arn, body.has("SelfManagedEventSource")), arn, members, pair);
    }

    /// Checks each member by itself.
    static void check(Fields body, Violations violations) {
        for (Bounds bounds : NUMBERS) {
            body.integer(bounds.member())
                    .ifPresent(value -> violations.range(bounds.path(), value, bounds.min(), bounds.max()));
        }
        body.optionalFlag("BisectBatchOnFunctionError");
        body.object("ScalingConfig")
                .flatMap(scaling -> scaling.integer("MaximumConcurrency"))
                .ifPresent(value -> violations.range("scalingConfig.maximumConcurrency", value, 2, 1_000));
        body.strings("FunctionResponseTypes").ifPresent(types -> {
            violations.size("functionResponseTypes", types, 1);
            violations.eachOneOf("functionResponseTypes", types, List.of("ReportBatchItemFailures"));
        });
        body.object("DestinationConfig").ifPresent(config -> Destinations.Pair.of(config, violations));
    }

    /// @throws dev.hearth.model.ApiException when a filter's pattern is no JSON object
    static void checkFilters(Fields body) {
        Optional<Fields> criteria = body.object("FilterCriteria");
        Object filters = criteria.map(fields -> fields.members().get("Filters")).orElse(List.of());
        if (!(filters instanceof List<?> list)) {
            throw SettingsRules.invalid("Invalid filter pattern definition.");
        }
        for (Object filter : list) {
            boolean valid = filter instanceof Fields fields
                    && fields.string("Pattern")
                            .filter(EventSourceSettings::isObject)
                            .isPresent();
            if (!valid) {
                throw SettingsRules.invalid("Invalid filter pattern definition.");
            }
        }
    }

    private static boolean isObject(String json) {
        try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), json)) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            parser.skipChildren();
            return object && parser.nextToken() == null;
        } catch (JacksonException notJson) {
            return false; // which is what was asked
        }
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Fields fields -> {
                var map = new LinkedHashMap<String, Object>();
                fields.members().forEach((name, member) -> map.put(name, plain(member)));
                yield map;
            }
            case List<?> list -> {
                var copy = new ArrayList<Object>(list.size());
                list.forEach(element -> copy.add(plain(element)));
                yield copy;
            }
            case Number number when number.doubleValue() != number.longValue() -> number.doubleValue();
            case Number number -> number.longValue();
            default -> value;
        };
    }
}
