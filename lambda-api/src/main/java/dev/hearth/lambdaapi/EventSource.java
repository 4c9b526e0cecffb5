package dev.hearth.lambdaapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The kinds of event sources, as far as AWS treats them differently.
enum EventSource {
    /// A queue: nothing but its batches can be set.
    QUEUE("SQS", 10),
    /// Kinesis and DynamoDB: read in order from a position.
    STREAM("", 100),
    /// Kafka, Amazon MQ, DocumentDB.
    OTHER("", 100);

    private final String name;
    private final long batchSize;

    EventSource(String name, long batchSize) {
        this.name = name;
        this.batchSize = batchSize;
    }

    /// @throws dev.hearth.model.ApiException when it is no source that AWS has
    static EventSource of(Optional<String> arn, boolean selfManaged) {
        if (arn.isEmpty()) {
            if (selfManaged) {
                return OTHER;
            }
            throw SettingsRules.invalid("Unrecognized event source.");
        }
        String[] parts = arn.get().split(":", 4);
        return switch (parts.length > 2 ? parts[2] : "") {
            case "sqs" -> QUEUE;
            case "kinesis", "dynamodb" -> STREAM;
            case "kafka", "mq", "rds", "docdb" -> OTHER;
            default -> throw SettingsRules.invalid("Unrecognized event source.");
        };
    }

    boolean needsStartingPosition(Optional<String> arn) {
        return this == STREAM || arn.filter(value -> value.contains(":kafka:")).isPresent();
    }

    /// What AWS shows of a mapping that names nothing.
    Map<String, Object> defaults() {
        var defaults = new LinkedHashMap<String, Object>();
        defaults.put("BatchSize", batchSize);
        defaults.put("MaximumBatchingWindowInSeconds", 0L);
        defaults.put("StateTransitionReason", this == QUEUE ? "USER_INITIATED" : "User action");
        defaults.put("FunctionResponseTypes", List.of());
        if (this == STREAM) {
            defaults.put("ParallelizationFactor", 1L);
            defaults.put("BisectBatchOnFunctionError", false);
            defaults.put("MaximumRecordAgeInSeconds", -1L);
            defaults.put("MaximumRetryAttempts", -1L);
            defaults.put("TumblingWindowInSeconds", 0L);
            defaults.put("DestinationConfig", Map.of("OnFailure", Map.of()));
        }
        if (this != QUEUE) {
            defaults.put("LastProcessingResult", "No records processed");
        }
        return defaults;
    }

    /// A queue's batch of more than ten messages takes time to gather.
    void checkWindow(Map<String, Object> members) {
        long size = members.get("BatchSize") instanceof Long value ? value : batchSize;
        long window = members.get("MaximumBatchingWindowInSeconds") instanceof Long value ? value : 0;
        if (this == QUEUE && size > 10 && window == 0) {
            throw SettingsRules.invalid(
                    "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10");
        }
    }

    /// AWS's words for a second mapping of the same source and function, which differ for queues.
    String exists(String arn, String function, String uuid) {
        String what = this == QUEUE
                ? "An event source mapping with %s arn (\" %s \") and function (\" %s \") already exists."
                        .formatted(name, arn, function)
                : "The event source arn (\" %s \") and function (\" %s \") provided mapping already exists."
                        .formatted(arn, function);
        return what + " Please update or delete the existing mapping with UUID " + uuid;
    }
}
