package dev.hearth.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.Headers;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.model.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsApiIT {
    private static final String GROUP = "/aws/lambda/f";

    @TempDir
    Path directory;

    private final FakeClock clock = new FakeClock();
    private LogStore store;
    private LogsApi api;

    @BeforeEach
    void open() throws IOException {
        store = LogStore.open(directory, LogsConfig.DEFAULT, clock);
        api = new LogsApi(store, Scope.DEFAULT, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private record Reply(int status, String body) {
        Json json() {
            return Json.parse(body.getBytes(StandardCharsets.UTF_8));
        }

        List<String> texts(String list, String member) {
            return new Fields(json())
                    .list(list).stream()
                            .map(item -> new Fields(item).required(member))
                            .toList();
        }

        String text(String member) {
            return new Fields(json()).required(member);
        }

        boolean has(String member) {
            return json().member(member).isPresent();
        }
    }

    private Reply call(String operation, String body) {
        var headers = Headers.of(Map.of("X-Amz-Target", "Logs_20140328." + operation));
        Response response = api.handle(
                Request.of("POST", "/", "", headers, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        var bytes = ((Response.Body.Bytes) response.body()).bytes();
        return new Reply(response.status(), new String(bytes, StandardCharsets.UTF_8));
    }

    private Reply ok(String operation, String body) {
        Reply reply = call(operation, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply;
    }

    private void refused(String operation, String body, String type, String message) {
        Reply reply = call(operation, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.text("__type")).isEqualTo(type);
        assertThat(reply.text("message")).contains(message);
    }

    private void append(String stream, String message) {
        store.append(GROUP, stream, clock.now(), message);
        clock.advance(Duration.ofMillis(10));
    }

    @Test
    void groupsAreDescribedInPages() {
        for (String name : List.of("/aws/lambda/b", "/aws/lambda/a", "/other/c")) {
            assertThat(ok("CreateLogGroup", "{'logGroupName': '" + name + "'}").body())
                    .isEqualTo("{}");
        }
        Reply first = ok("DescribeLogGroups", "{'limit': 2}");
        assertThat(first.texts("logGroups", "logGroupName")).containsExactly("/aws/lambda/a", "/aws/lambda/b");
        Reply second = ok("DescribeLogGroups", "{'limit': 2, 'nextToken': '" + first.text("nextToken") + "'}");
        assertThat(second.texts("logGroups", "logGroupName")).containsExactly("/other/c");
        assertThat(second.has("nextToken")).isFalse();
        assertThat(ok("DescribeLogGroups", "{'logGroupNamePrefix': '/aws/'}").texts("logGroups", "arn"))
                .containsExactly(
                        "arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/a:*",
                        "arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/b:*");
        assertThat(ok("DescribeLogGroups", "{'logGroupNamePattern': 'her'}").texts("logGroups", "logGroupName"))
                .containsExactly("/other/c");
        refused("DescribeLogGroups", "{'limit': 51}", "InvalidParameterException", "between 1 and 50");
        refused(
                "DescribeLogGroups",
                "{'logGroupNamePrefix': 'a', 'logGroupNamePattern': 'b'}",
                "InvalidParameterException",
                "mutually exclusive");
    }

    @Test
    void groupsAreCreatedAndDeletedOnce() {
        ok("CreateLogGroup", "{'logGroupName': 'g'}");
        refused("CreateLogGroup", "{'logGroupName': 'g'}", "ResourceAlreadyExistsException", "already exists");
        ok("DeleteLogGroup", "{'logGroupName': 'g'}");
        refused(
                "DeleteLogGroup",
                "{'logGroupName': 'g'}",
                "ResourceNotFoundException",
                "The specified log group does not exist.");
        refused("CreateLogGroup", "{'logGroupName': 'a b'}", "InvalidParameterException", "logGroupName");
        refused("CreateLogGroup", "{}", "InvalidParameterException", "must not be null");
    }

    @Test
    void groupsHaveNoTags() {
        ok("CreateLogGroup", "{'logGroupName': 'g'}");
        String arn = "{'resourceArn': 'arn:aws:logs:us-east-1:000000000000:log-group:";

        assertThat(ok("ListTagsForResource", arn + "g'}").body()).isEqualTo("{\"tags\":{}}");
        refused("ListTagsForResource", arn + "h'}", "ResourceNotFoundException", "log group");
    }

    @Test
    void retentionIsShownAndChecked() {
        ok("CreateLogGroup", "{'logGroupName': 'g'}");
        ok("PutRetentionPolicy", "{'logGroupName': 'g', 'retentionInDays': 7}");
        assertThat(ok("DescribeLogGroups", "{}").body()).contains("\"retentionInDays\":7");
        ok("DeleteRetentionPolicy", "{'logGroupName': 'g'}");
        assertThat(ok("DescribeLogGroups", "{}").body()).doesNotContain("retentionInDays");
        refused(
                "PutRetentionPolicy",
                "{'logGroupName': 'g', 'retentionInDays': 2}",
                "InvalidParameterException",
                "enum value set");
        refused(
                "PutRetentionPolicy",
                "{'logGroupName': 'h', 'retentionInDays': 7}",
                "ResourceNotFoundException",
                "log group");
    }

    @Test
    void streamsAreOrderedByNameOrByTheirLastEvent() {
        append("a", "1");
        append("c", "2");
        append("b", "3");
        append("a", "4");
        String group = "'logGroupName': '" + GROUP + "'";
        assertThat(ok("DescribeLogStreams", "{" + group + "}").texts("logStreams", "logStreamName"))
                .containsExactly("a", "b", "c");
        String byTime = "{" + group + ", 'orderBy': 'LastEventTime', 'descending': true, 'limit': 2";
        Reply first = ok("DescribeLogStreams", byTime + "}");
        assertThat(first.texts("logStreams", "logStreamName")).containsExactly("a", "b");
        Reply second = ok("DescribeLogStreams", byTime + ", 'nextToken': '" + first.text("nextToken") + "'}");
        assertThat(second.texts("logStreams", "logStreamName")).containsExactly("c");
        assertThat(second.has("nextToken")).isFalse();
        assertThat(second.body())
                .contains("\"arn\":\"arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/f:log-stream:c\"")
                .contains("\"lastEventTimestamp\":" + (clock.millis() - 30));
        assertThat(ok("DescribeLogStreams", "{" + group + ", 'logStreamNamePrefix': 'b'}")
                        .texts("logStreams", "logStreamName"))
                .containsExactly("b");
        refused(
                "DescribeLogStreams",
                "{" + group + ", 'orderBy': 'LastEventTime', 'logStreamNamePrefix': 'b'}",
                "InvalidParameterException",
                "Cannot order by LastEventTime");
        refused("DescribeLogStreams", "{" + group + ", 'nextToken': '?'}", "InvalidParameterException", "nextToken");
    }

    @Test
    void deletedStreamIsGoneWithItsEventsAndMayComeBack() {
        append("a", "old");
        append("b", "other");
        ok("DeleteLogStream", "{'logGroupName': '" + GROUP + "', 'logStreamName': 'a'}");
        refused(
                "DeleteLogStream",
                "{'logGroupName': '" + GROUP + "', 'logStreamName': 'a'}",
                "ResourceNotFoundException",
                "The specified log stream does not exist.");
        assertThat(filter("")).containsExactly("other");
        append("a", "new");
        assertThat(filter("")).containsExactly("other", "new");
        store.close();
        try {
            open();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(filter("")).containsExactly("other", "new");
    }

    @Test
    void eventsOfAStreamArePagedAndTheTokenComesBackAtTheEnd() {
        IntStream.range(0, 5).forEach(i -> {
            append("a", "a" + i);
            append("b", "b" + i);
        });
        String stream = "'logGroupName': '" + GROUP + "', 'logStreamName': 'a', 'limit': 2";
        var forward = new ArrayList<String>();
        Reply page = ok("GetLogEvents", "{" + stream + ", 'startFromHead': true}");
        String token = "";
        while (!page.text("nextForwardToken").equals(token)) {
            forward.addAll(page.texts("events", "message"));
            token = page.text("nextForwardToken");
            page = ok("GetLogEvents", "{" + stream + ", 'nextToken': '" + token + "'}");
        }
        assertThat(forward).containsExactly("a0", "a1", "a2", "a3", "a4");
        append("a", "later");
        assertThat(ok("GetLogEvents", "{" + stream + ", 'nextToken': '" + token + "'}")
                        .texts("events", "message"))
                .containsExactly("later");

        Reply last = ok("GetLogEvents", "{" + stream + "}");
        assertThat(last.texts("events", "message")).containsExactly("a4", "later");
        Reply before = ok("GetLogEvents", "{" + stream + ", 'nextToken': '" + last.text("nextBackwardToken") + "'}");
        assertThat(before.texts("events", "message")).containsExactly("a2", "a3");
        before = ok("GetLogEvents", "{" + stream + ", 'nextToken': '" + before.text("nextBackwardToken") + "'}");
        before = ok("GetLogEvents", "{" + stream + ", 'nextToken': '" + before.text("nextBackwardToken") + "'}");
        assertThat(before.texts("events", "message")).isEmpty();
        token = before.text("nextBackwardToken");
        assertThat(ok("GetLogEvents", "{" + stream + ", 'nextToken': '" + token + "'}")
                        .text("nextBackwardToken"))
                .isEqualTo(token);
        refused(
                "GetLogEvents",
                "{'logGroupName': '" + GROUP + "', 'logStreamName': 'nobody'}",
                "ResourceNotFoundException",
                "log stream");
        refused("GetLogEvents", "{" + stream + ", 'nextToken': 'x/1'}", "InvalidParameterException", "nextToken");
    }

    @Test
    void timeBoundsAreThoseOfAws() {
        append("a", "0");
        long second = clock.millis();
        append("a", "1");
        long third = clock.millis();
        append("a", "2");
        String bounds = "'startTime': " + second + ", 'endTime': " + third + "}";
        // the end belongs to FilterLogEvents, not to GetLogEvents
        assertThat(ok("FilterLogEvents", "{'logGroupName': '" + GROUP + "', " + bounds)
                        .texts("events", "message"))
                .containsExactly("1", "2");
        assertThat(ok("GetLogEvents", "{'logGroupName': '" + GROUP + "', 'logStreamName': 'a', " + bounds)
                        .texts("events", "message"))
                .containsExactly("1");
    }

    @Test
    void filterFindsAcrossStreamsInPages() {
        IntStream.range(0, 6).forEach(i -> append("s" + i % 3, (i % 2 == 0 ? "ERROR " : "INFO ") + i));
        assertThat(filter(", 'filterPattern': 'ERROR'")).containsExactly("ERROR 0", "ERROR 2", "ERROR 4");
        assertThat(filter(", 'logStreamNames': ['s0', 's2']"))
                .containsExactly("ERROR 0", "ERROR 2", "INFO 3", "INFO 5");
        assertThat(filter(", 'logStreamNamePrefix': 's1'")).containsExactly("INFO 1", "ERROR 4");
        Reply page = ok("FilterLogEvents", "{'logGroupName': '" + GROUP + "', 'limit': 4}");
        assertThat(page.texts("events", "message")).hasSize(4);
        page = ok(
                "FilterLogEvents",
                "{'logGroupName': '" + GROUP + "', 'limit': 4, 'nextToken': '" + page.text("nextToken") + "'}");
        assertThat(page.texts("events", "message")).containsExactly("ERROR 4", "INFO 5");
        assertThat(page.has("nextToken")).isFalse();
        assertThat(page.texts("events", "eventId")).doesNotHaveDuplicates().allMatch(id -> id.length() == 56);
        assertThat(ok(
                                "FilterLogEvents",
                                "{'logGroupIdentifier': 'arn:aws:logs:us-east-1:000000000000:log-group:" + GROUP
                                        + ":*'}")
                        .texts("events", "message"))
                .hasSize(6);
        refused(
                "FilterLogEvents",
                "{'logGroupName': '" + GROUP + "', 'logStreamNames': ['a'], 'logStreamNamePrefix': 'a'}",
                "InvalidParameterException",
                "mutually exclusive");
        refused(
                "FilterLogEvents",
                "{'logGroupName': 'nobody'}",
                "ResourceNotFoundException",
                "The specified log group does not exist.");
    }

    @Test
    void eventsThatAreTooOldOrTooNewAreNotTaken() {
        ok("CreateLogGroup", "{'logGroupName': 'g'}");
        ok("CreateLogStream", "{'logGroupName': 'g', 'logStreamName': 's'}");
        refused("CreateLogStream", "{'logGroupName': 'g', 'logStreamName': 's'}", "ResourceAlreadyExistsException", "");
        refused("CreateLogStream", "{'logGroupName': 'g', 'logStreamName': 'a:b'}", "InvalidParameterException", "");
        long old = clock.millis() - Duration.ofDays(15).toMillis();
        long fresh = clock.millis();
        long future = clock.millis() + Duration.ofHours(3).toMillis();
        Reply reply = ok("PutLogEvents", put(old, fresh, future));
        assertThat(reply.body())
                .contains("\"rejectedLogEventsInfo\":{\"tooNewLogEventStartIndex\":2,\"tooOldLogEventEndIndex\":1}");
        assertThat(ok("FilterLogEvents", "{'logGroupName': 'g'}").texts("events", "message"))
                .containsExactly("at " + fresh);
        refused("PutLogEvents", put(fresh, old), "InvalidParameterException", "chronological order");
        refused("PutLogEvents", put(), "InvalidParameterException", "between 1 and 10000");
        refused(
                "PutLogEvents",
                "{'logGroupName': 'g', 'logStreamName': 'nobody', 'logEvents': []}",
                "ResourceNotFoundException",
                "log stream");
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        refused("StartQuery", "{}", "UnknownOperationException", "'StartQuery'");
        refused("FilterLogEvents", "{", "SerializationException", "not a JSON object");
        refused("FilterLogEvents", "[]", "SerializationException", "not a JSON object");
        refused("FilterLogEvents", "{} {}", "SerializationException", "not a JSON object");
        refused(
                "FilterLogEvents",
                "{'logGroupName': 1}",
                "InvalidParameterException",
                "'logGroupName' must be a string");
        refused(
                "FilterLogEvents",
                "{'logGroupName': 'g', 'limit': 'x'}",
                "InvalidParameterException",
                "must be a number");
        refused("FilterLogEvents", "{'logGroupName': 'g', 'limit': 10001}", "InvalidParameterException", "10000");
        refused("FilterLogEvents", "'" + "x".repeat(5_000_000) + "'", "InvalidParameterException", "larger than");
        refused("FilterLogEvents", "[".repeat(100_000), "SerializationException", "not a JSON object");
    }

    private List<String> filter(String more) {
        return ok("FilterLogEvents", "{'logGroupName': '" + GROUP + "'" + more + "}")
                .texts("events", "message");
    }

    private static String put(long... times) {
        var events = java.util.Arrays.stream(times)
                .mapToObj(time -> "{'timestamp': " + time + ", 'message': 'at " + time + "'}")
                .toList();
        return "{'logGroupName': 'g', 'logStreamName': 's', 'logEvents': " + events + "}";
    }
}
