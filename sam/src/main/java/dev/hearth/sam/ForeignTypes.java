package dev.hearth.sam;

import java.util.Map;

/// Why resources and events of other services are not made, and what there is instead.
final class ForeignTypes {
    private static final String USE_URL = "there is no API Gateway yet: FunctionUrlConfig gives a function an address";
    private static final String NO_POLLER =
            "no event source is read yet: invoke the function, or send to it from your own code";

    /// By the beginning of the type; the longest that fits counts.
    private static final Map<String, String> BY_PREFIX = Map.ofEntries(
            Map.entry("AWS::Serverless::Api", USE_URL),
            Map.entry("AWS::Serverless::HttpApi", USE_URL),
            Map.entry("AWS::Serverless::WebSocketApi", USE_URL),
            Map.entry("AWS::ApiGateway", USE_URL),
            Map.entry("AWS::Serverless::StateMachine", "there are no workflows yet"),
            Map.entry("AWS::StepFunctions", "there are no workflows yet"),
            Map.entry("AWS::Serverless::SimpleTable", "run DynamoDB Local or another, and name it with --resource"),
            Map.entry("AWS::DynamoDB", "run DynamoDB Local or another, and name it with --resource"),
            Map.entry("AWS::S3", "run an S3-compatible store, and name the bucket with --resource"),
            Map.entry("AWS::SQS", "run an SQS-compatible queue, and name it with --resource"),
            Map.entry("AWS::SNS", "there are no topics"),
            Map.entry(
                    "AWS::IAM", "roles and policies are not enforced here; a role's ARN is shown as AWS would name it"),
            Map.entry("AWS::Serverless::Connector", "policies are not enforced here"),
            Map.entry(
                    "AWS::Serverless::Application",
                    "nested stacks are deployed on their own: hearth deploy their template"),
            Map.entry(
                    "AWS::CloudFormation::Stack",
                    "nested stacks are deployed on their own: hearth deploy their template"),
            Map.entry("AWS::Logs", "log groups are made when a function first writes"),
            Map.entry("AWS::Lambda::EventSourceMapping", NO_POLLER),
            Map.entry(
                    "AWS::Lambda::LayerVersionPermission", "there is one account: every function may use every layer"),
            Map.entry("AWS::Lambda::CodeSigningConfig", "signatures are not checked yet"));

    private ForeignTypes() {}

    static String why(String type) {
        return BY_PREFIX.entrySet().stream()
                .filter(entry -> type.startsWith(entry.getKey()))
                .max(java.util.Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse("Hearth runs functions; this is another service's");
    }

    static String whyEvent(String type) {
        return switch (type) {
            case "Api", "HttpApi", "WebSocketApi" -> USE_URL;
            case "Schedule", "ScheduleV2", "EventBridgeRule", "CloudWatchEvent" ->
                "there are no schedules yet: cron can run `hearth invoke`";
            default -> NO_POLLER;
        };
    }
}
