package dev.hearth.logs;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The operations of CloudWatch Logs that Hearth answers, by AWS's names.
enum Operation {
    CREATE_LOG_GROUP("CreateLogGroup"),
    CREATE_LOG_STREAM("CreateLogStream"),
    DELETE_LOG_GROUP("DeleteLogGroup"),
    DELETE_LOG_STREAM("DeleteLogStream"),
    DELETE_RETENTION_POLICY("DeleteRetentionPolicy"),
    DESCRIBE_LOG_GROUPS("DescribeLogGroups"),
    DESCRIBE_LOG_STREAMS("DescribeLogStreams"),
    FILTER_LOG_EVENTS("FilterLogEvents"),
    GET_LOG_EVENTS("GetLogEvents"),
    LIST_TAGS_FOR_RESOURCE("ListTagsForResource"),
    PUT_LOG_EVENTS("PutLogEvents"),
    PUT_RETENTION_POLICY("PutRetentionPolicy");

    private final String awsName;

    Operation(String awsName) {
        this.awsName = awsName;
    }

    static Optional<Operation> named(String awsName) {
        return Arrays.stream(values())
                .filter(operation -> operation.awsName.equals(awsName))
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(operation -> operation.awsName).toList();
    }
}
