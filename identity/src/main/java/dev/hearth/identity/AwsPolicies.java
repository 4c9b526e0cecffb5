package dev.hearth.identity;

import dev.hearth.model.IamPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The policies that AWS manages, `arn:aws:iam::aws:policy/…`. Hearth knows the documents of those that functions'
/// roles usually have. Any other can be attached too, and is shown without its document. All are told as version `v1`
/// of one day: their history is AWS's.
final class AwsPolicies {
    private static final Pattern ARN = Pattern.compile("(arn:[^:]+:iam::aws:policy)(/(?:.+/)?)([\\w+=,.@-]+)");
    private static final String PREFIX = "arn:aws:iam::aws:policy/service-role/";
    private static final Instant SINCE = Instant.parse("2015-04-09T15:03:43Z");
    private static final List<String> LOGS =
            List.of("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents");

    private static final Map<String, String> DOCUMENTS = documents();

    private AwsPolicies() {}

    private static Map<String, String> documents() {
        var documents = new LinkedHashMap<String, String>();
        documents.put("arn:aws:iam::aws:policy/AdministratorAccess", allow(List.of("*")));
        documents.put(PREFIX + "AWSLambdaBasicExecutionRole", allow(LOGS));
        documents.put(
                PREFIX + "AWSLambdaDynamoDBExecutionRole",
                allow(withLogs(
                        "dynamodb:DescribeStream",
                        "dynamodb:GetRecords",
                        "dynamodb:GetShardIterator",
                        "dynamodb:ListStreams")));
        documents.put(
                PREFIX + "AWSLambdaKinesisExecutionRole",
                allow(withLogs(
                        "kinesis:DescribeStream",
                        "kinesis:DescribeStreamSummary",
                        "kinesis:GetRecords",
                        "kinesis:GetShardIterator",
                        "kinesis:ListShards",
                        "kinesis:ListStreams",
                        "kinesis:SubscribeToShard")));
        documents.put(PREFIX + "AWSLambdaRole", allow(List.of("lambda:InvokeFunction")));
        documents.put(
                PREFIX + "AWSLambdaSQSQueueExecutionRole",
                allow(withLogs("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")));
        return Map.copyOf(documents);
    }

    private static List<String> withLogs(String... actions) {
        return Stream.concat(Arrays.stream(actions), LOGS.stream()).toList();
    }

    private static String allow(List<String> actions) {
        String listed = actions.stream().map(action -> "\"" + action + "\"").collect(Collectors.joining(", "));
        return "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [" + listed
                + "], \"Resource\": \"*\"}]}";
    }

    /// Whether an ARN is of a policy that AWS manages.
    static boolean owns(String arn) {
        return ARN.matcher(arn).matches();
    }

    /// Any policy of AWS's; without a document where Hearth does not have it.
    static Optional<IamPolicy> find(String arn) {
        Matcher matcher = ARN.matcher(arn);
        return matcher.matches() ? Optional.of(policy(arn, matcher.group(2), matcher.group(3))) : Optional.empty();
    }

    /// Those whose documents Hearth has.
    static Stream<IamPolicy> known() {
        return DOCUMENTS.keySet().stream().flatMap(arn -> find(arn).stream());
    }

    static String names() {
        return DOCUMENTS.keySet().stream()
                .map(arn -> arn.substring(arn.lastIndexOf('/') + 1))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static IamPolicy policy(String arn, String path, String name) {
        var version = new IamPolicy.Version(1, DOCUMENTS.getOrDefault(arn, ""), SINCE);
        return new IamPolicy(
                arn, name, path, id(arn), SINCE, SINCE, Optional.empty(), List.of(version), 1, 1, Map.of());
    }

    /// The same each time, and nobody else's.
    private static String id(String arn) {
        String digits = SigV4.sha256Hex(arn.getBytes(StandardCharsets.UTF_8)).toUpperCase(java.util.Locale.ROOT);
        return Ids.POLICY + digits.substring(0, Ids.LENGTH);
    }
}
