package dev.hearth.runtime.java;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A function and the events it is sent, one after the other.
record Conversation(String handler, List<String> events, Map<String, String> headers) {
    private static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:orders:live";
    private static final String TRACE = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1";

    /// What the Runtime API always sends.
    static final Map<String, String> HEADERS = Map.of(
            "Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + 3_600_000),
            "Lambda-Runtime-Invoked-Function-Arn", ARN,
            "Lambda-Runtime-Trace-Id", TRACE);
    private static final Map<String, String> EVERYTHING = and(Map.of(
            "Lambda-Runtime-Aws-Tenant-Id", "tenant-1",
            "Lambda-Runtime-Client-Context", """
            {"client":{"installation_id":"i","app_title":"t","app_version_name":"n","app_version_code":"c",\
            "app_package_name":"p"},"custom":{"k":"v"},"env":{"platform":"iPhoneOS","n":1}}""",
            "Lambda-Runtime-Cognito-Identity", "{\"cognitoIdentityId\":\"me\",\"cognitoIdentityPoolId\":\"pool\"}"));
    private static final Map<String, String> ANDROID =
            and(Map.of("Lambda-Runtime-Client-Context", "{\"env\":{\"platform\":\"Android\"}}"));

    private static final String[] JSON = {
        "{}",
        "[]",
        "null",
        "\"text\"",
        "true",
        "0",
        "-0",
        "007",
        "12.50",
        "-1e3",
        "1E400",
        "2147483648",
        "9223372036854775807",
        "9223372036854775808",
        "{\"a\":1,\"b\":null,\"c\":[1,null,{\"d\":null}],\"a\":2}",
        "{\"u\":\"\\u00e9\\ud83d\\ude00é😀\\/\\b\\f\\n\\r\\t\\u001f\\u007f\\u2028\",\"😀\":\"\\ud800\"}",
        " \n[ 1 , 2 ]\t",
        "{'single':unquoted}",
        "{unquoted:'single'}",
        "[1,]",
        "[NaN]",
        "{\"a\":1} trailing",
        "\"\\ud800\"",
        "\"a\nb\"",
        "\"\\q\"",
        "",
        "   ",
        "{",
        "\u0000"
    };

    static final List<Conversation> ALL = all();

    @Override
    public String toString() {
        return handler + (headers.equals(ANDROID) ? " from Android" : "");
    }

    private static Map<String, String> and(Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(HEADERS);
        headers.putAll(more);
        return Map.copyOf(headers);
    }

    private static List<Conversation> all() {
        List<Conversation> all = new ArrayList<>();
        values(all);
        methods(all);
        failures(all);
        events(all);
        return all;
    }

    private static void add(List<Conversation> to, String handler, String... events) {
        to.add(new Conversation(handler, List.of(events), HEADERS));
    }

    private static void values(List<Conversation> to) {
        add(to, "fixture.Values$Echo", JSON);
        add(to, "fixture.Values$EchoMap", JSON);
        add(to, "fixture.Values$EchoMap::handleRequest", JSON);
        add(
                to,
                "fixture.Values$Classes",
                "{\"i\":1,\"l\":3000000000,\"b\":123456789012345678901,\"d\":1.5,\"s\":\"\",\"t\":true,\"n\":null,"
                        + "\"a\":[],\"o\":{}}",
                "[{\"x\":1}]");
        add(to, "fixture.Values$Strings", "{\"a\":\"b\",\"c\":\"d\"}", "{\"a\":1,\"b\":null,\"c\":true}", "{\"a\":{}}");
        add(to, "fixture.Values$Text", "\"a\"", "1", "true", "null", "{\"a\":1}", "[\"x\"]", "", "\"\"");
        add(to, "fixture.Values$Doubled", "21", "\"21\"", "2.9", "null", "\"\"", "\"x\"", "[4]", "2147483648", "true");
        add(to, "fixture.Values$Halved", "3", "3.0", "1e-7", "\"5\"", "null");
        add(to, "fixture.Values$Not", "true", "0", "\"false\"", "\"maybe\"");
        add(to, "fixture.Values$Sum", "[1,2,3]", "5", "[]", "[\"4\",null]");
        add(to, "fixture.Values$Sorted", "{\"b\":1,\"a\":2}");
        add(to, "fixture.Values$Nothing", "{}", "[", "{\"a\":1}");
        String order =
                "{\"id\":\"o-1\",\"items\":[{\"name\":\"pen\",\"price\":1.50,\"size\":\"LARGE\",\"codes\":[1,2]},"
                        + "{\"name\":\"ink\",\"price\":\"2\",\"size\":\"HUGE\",\"unknown\":{\"x\":1}}],"
                        + "\"gifts\":{\"a\":{\"name\":null,\"price\":0}}}";
        add(to, "fixture.Values$Shop", order, "{}", "null", "[]", "\"\"", "{\"items\":7}", "{\"id\":{}}", "{");
        add(to, "fixture.Values$EchoOrder", order, "{}");
        add(to, "fixture.Values$Orders", "[" + order + "]", "[]", order);
        add(to, "fixture.Values$Mixed", "{}");
        add(to, "fixture.Values$Inherited", "{\"a\":1,\"b\":2}");
        add(to, "fixture.Values$Bounded", "{\"name\":\"pen\"}");
        add(to, "fixture.Values$Unbounded", "{}");
        add(to, "fixture.Values$Raw", "{}");
        add(to, "fixture.Values$OneParameter", "{}");
        add(to, "fixture.Values$Unwritable", "{}");
        to.add(new Conversation("fixture.Values$EchoMap", List.of("{\"a\":1,\"b\":[1.0,null]}"), ANDROID));
        to.add(new Conversation("fixture.Values$EchoOrder", List.of(order, "{}"), ANDROID));
        to.add(new Conversation("fixture.Surroundings$Tell", List.of("{}"), EVERYTHING));
        add(to, "fixture.Surroundings$Tell", "{}");
    }

    private static void methods(List<Conversation> to) {
        for (String name : List.of(
                "none",
                "still",
                "nothing",
                "eventAndContext",
                "contextOnly",
                "streams",
                "streamsAndContext",
                "inputOnly",
                "inputAndContext",
                "outputOnly",
                "outputAndContext",
                "tooMany",
                "three",
                "contextFirst",
                "two",
                "inputAndText",
                "outputAndText",
                "overloaded",
                "byContext",
                "hidden",
                "missing")) {
            add(to, "fixture.Methods::" + name, "\"event\"");
        }
        add(to, "fixture.Methods::event", "{\"a\":1}", "7");
        add(to, "fixture.Methods::number", "1", "null", "\"5\"");
        add(to, "fixture.Methods::wide", "1", "3000000000");
        add(to, "fixture.Methods::not", "true");
        add(to, "fixture.Methods::pojo", "{\"name\":\"pen\"}", "null");
        add(to, "fixture.Methods$Upper", "{\"a\":\"é\"}", "", "not json");
        add(to, "fixture.Methods$Upper::handleRequest", "abc");
        add(to, "fixture.Methods$Closing", "abc", "def");
        add(to, "fixture.Methods$Silent", "abc");
        add(to, "fixture.Methods$Named::handleRequest", "{\"a\":1}", "{}");
        add(to, "fixture.Methods$Inherits::event", "{}");
    }

    private static void failures(List<Conversation> to) {
        for (String name : List.of(
                "$Throws",
                "$WithoutMessage",
                "$CheckedStream",
                "::method",
                "::stream",
                "$Asserts",
                "$Exits",
                "$StaticInitialiser",
                "$StaticError",
                "$ConstructorThrows",
                "$ConstructorThrows::method",
                "$PrivateConstructor",
                "$NeedsArgument",
                "$Inner",
                "$NotPublic",
                "$Base",
                "$NoInterface",
                "$MissingSuperclass",
                "$MissingInStatic",
                "$MissingInCall",
                "$MissingInSignature::handle",
                "$Interrupts",
                "$Missing",
                "$Missing::method",
                "::",
                "$Throws::")) {
            add(to, "fixture.Failures" + name, "\"a\"", "\"b\"");
        }
        add(to, "fixture.Failures$Memory", "1", "2");
        add(to, "fixture.Failures$Device", "1", "2");
        add(to, "::method", "1");
        add(to, "handler", "1");
        add(to, "index.handler", "1");
        add(to, "fixture/Failures$Throws", "1");
        add(to, "fixture.failures$Throws", "1");
    }

    private static void events(List<Conversation> to) {
        add(to, "fixture.Events$Bucket", """
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1",\
            "eventTime":"2026-01-31T12:34:56.789Z","eventName":"ObjectCreated:Put",\
            "s3":{"bucket":{"name":"photos","arn":"arn:aws:s3:::photos"},\
            "object":{"key":"a+b%2Fc.jpg","size":1024,"eTag":"e","sequencer":"0A"}}}]}""", "{}", "[]");
        add(to, "fixture.Events$Queue", """
            {"Records":[{"messageId":"m1","body":"good","eventSourceARN":"arn:aws:sqs:us-east-1:1:q"},\
            {"messageId":"m2","body":"bad","eventSourceARN":"arn:aws:sqs:us-east-1:1:q",\
            "attributes":{"SentTimestamp":"1"}}]}""", "{}");
        add(to, "fixture.Events$Topic", """
            {"Records":[{"EventSource":"aws:sns","Sns":{"Type":"Notification","Subject":"hi","Message":"m",\
            "Timestamp":"1970-01-01T00:00:00.000Z","MessageAttributes":{"a":{"Type":"String","Value":"v"}}}}]}""");
        add(to, "fixture.Events$Rest", """
            {"path":"/p","httpMethod":"GET","queryStringParameters":{"q":"1"},"isBase64Encoded":true,\
            "requestContext":{"identity":{"sourceIp":"1.2.3.4"}}}""");
        add(to, "fixture.Events$Http", """
            {"version":"2.0","rawPath":"/p","requestContext":{"http":{"method":"GET","path":"/p"}}}""");
        add(to, "fixture.Events$Table", """
            {"Records":[{"eventID":"1","eventName":"INSERT","dynamodb":{"ApproximateCreationDateTime":1.5E9,\
            "Keys":{"Id":{"N":"101"}},"NewImage":{"Id":{"N":"101"},"B":{"B":"AAEC"},"L":{"L":[{"S":"x"},\
            {"BOOL":true},{"NULL":true}]}},"SequenceNumber":"1","SizeBytes":26,"StreamViewType":"NEW_IMAGE"}}]}""");
        add(to, "fixture.Events$Stream", """
            {"Records":[{"kinesis":{"data":"SGVsbG8=","partitionKey":"k","sequenceNumber":"1",\
            "approximateArrivalTimestamp":1545084650.987},"eventID":"e"}]}""");
        add(to, "fixture.Events$Schedule", """
            {"account":"123","region":"us-east-1","detail":{"a":{"b":1}},"detail-type":"Scheduled Event",\
            "source":"aws.events","time":"1970-01-01T00:00:00Z","id":"x","resources":["r"]}""");
    }
}
