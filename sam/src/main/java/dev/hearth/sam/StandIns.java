package dev.hearth.sam;

import java.util.Map;
import java.util.Optional;

/// What references to resources stand for that Hearth does not have: the names and ARNs that they would have on AWS if
/// their names came from the stack and the logical id alone.
final class StandIns {
    /// @param nameProperty the property that names it; empty where nothing does
    /// @param service      the service in its ARN; empty where the type has none
    /// @param prefix       what stands before the name in the ARN
    private record Form(String nameProperty, String service, String prefix) {}

    private static final Map<String, Form> FORMS = Map.ofEntries(
            Map.entry("AWS::DynamoDB::Table", new Form("TableName", "dynamodb", "table/")),
            Map.entry("AWS::DynamoDB::GlobalTable", new Form("TableName", "dynamodb", "table/")),
            Map.entry("AWS::Serverless::SimpleTable", new Form("TableName", "dynamodb", "table/")),
            Map.entry("AWS::SQS::Queue", new Form("QueueName", "sqs", "")),
            Map.entry("AWS::SNS::Topic", new Form("TopicName", "sns", "")),
            Map.entry("AWS::S3::Bucket", new Form("BucketName", "s3", "")),
            Map.entry("AWS::Kinesis::Stream", new Form("StreamName", "kinesis", "stream/")),
            Map.entry("AWS::Logs::LogGroup", new Form("LogGroupName", "logs", "log-group:")),
            Map.entry("AWS::Events::EventBus", new Form("Name", "events", "event-bus/")),
            Map.entry("AWS::Events::Rule", new Form("Name", "events", "rule/")),
            Map.entry("AWS::Scheduler::Schedule", new Form("Name", "scheduler", "schedule/default/")),
            Map.entry("AWS::Cognito::UserPool", new Form("UserPoolName", "cognito-idp", "userpool/")),
            Map.entry("AWS::IAM::Role", new Form("RoleName", "iam", "role/")),
            Map.entry("AWS::SecretsManager::Secret", new Form("Name", "secretsmanager", "secret:")),
            Map.entry("AWS::StepFunctions::StateMachine", new Form("StateMachineName", "states", "stateMachine:")),
            Map.entry("AWS::Serverless::StateMachine", new Form("Name", "states", "stateMachine:")));

    /// Resources of which `!Ref` is not the name.
    private static final java.util.Set<String> REF_IS_ARN = java.util.Set.of(
            "AWS::SNS::Topic",
            "AWS::SecretsManager::Secret",
            "AWS::StepFunctions::StateMachine",
            "AWS::Serverless::StateMachine");

    private StandIns() {}

    /// @param name what the resource is called
    static Optional<String> of(String type, String name, Optional<String> attribute, Inputs inputs) {
        Form form = FORMS.get(type);
        if (attribute.isEmpty()) {
            if (type.equals("AWS::SQS::Queue")) {
                return Optional.of(
                        "https://sqs." + inputs.region() + ".amazonaws.com/" + inputs.account() + "/" + name);
            }
            return Optional.of(form != null && REF_IS_ARN.contains(type) ? arn(form, name, inputs) : name);
        }
        if (form == null) {
            return Optional.empty();
        }
        return switch (attribute.get()) {
            case "Arn", "TopicArn" -> Optional.of(arn(form, name, inputs));
            case "Name", "QueueName", "TopicName", "RoleName" -> Optional.of(name);
            default -> Optional.empty();
        };
    }

    /// The property that names resources of a type.
    static Optional<String> nameProperty(String type) {
        return Optional.ofNullable(FORMS.get(type)).map(Form::nameProperty);
    }

    private static String arn(Form form, String name, Inputs inputs) {
        return switch (form.service()) {
            case "s3" -> "arn:" + inputs.partition() + ":s3:::" + name;
            case "iam" -> "arn:" + inputs.partition() + ":iam::" + inputs.account() + ":role/" + name;
            default -> inputs.arn(form.service(), form.prefix() + name);
        };
    }
}
