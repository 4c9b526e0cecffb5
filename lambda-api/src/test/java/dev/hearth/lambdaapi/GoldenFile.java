package dev.hearth.lambdaapi;

import dev.hearth.catalog.RecordKind;
import dev.hearth.model.CodeSigningConfig;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.EventSourceMapping;
import dev.hearth.model.Outcome;
import dev.hearth.model.Payload;
import dev.hearth.model.ResponseSink;
import dev.hearth.model.ThrottleReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.SerializationFeature;

/// A case: exchanges separated by `====`, each a request, `----`, and its answer (status, headers, body).
///
/// In requests `<zip>` stands for a package. In answers ids and links are references (`<uuid:1>`), so that equal ones
/// must stay equal. The first lines may say what is there before (`# given: function`), how the function
/// behaves (`# function: fails`), and that deployments do not finish (`# deployments: pending`).
record GoldenFile(List<String> directives, List<String> requests) {
    /// Operations that cannot fail but for what all share.
    static final Set<String> WITHOUT_ERRORS = Set.of("GetAccountSettings", "ListLayerVersions");

    private static final List<String> KINDS = List.of("uuid", "csc", "url", "link", "trace");
    private static final String BETWEEN = "\n====\n";
    private static final Pattern VOLATILE =
            Pattern.compile("(?<uuid>[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})"
                    + "|(?<csc>csc-[0-9a-f]{17})"
                    + "|(?<url>[a-z0-9]{32}(?=\\.lambda-url))"
                    + "|(?<link>http://[^\"]*token=[0-9a-f]+)"
                    + "|(?<trace>Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0)");

    static GoldenFile read(Path file) throws IOException {
        String text = Files.readString(file);
        List<String> directives =
                text.lines().takeWhile(line -> line.startsWith("#")).toList();
        String exchanges = text.lines().skip(directives.size()).collect(java.util.stream.Collectors.joining("\n"));
        var requests = new ArrayList<String>();
        for (String exchange : exchanges.split(BETWEEN)) {
            int end = exchange.indexOf("\n----");
            requests.add((end < 0 ? exchange : exchange.substring(0, end)).strip());
        }
        return new GoldenFile(directives, requests);
    }

    /// Plays the requests and writes the file as it should be.
    String play() {
        boolean pending = directives.contains("# deployments: pending");
        TestApi api = pending ? TestApi.pending() : TestApi.ready();
        given(api);
        directives.stream()
                .filter(line -> line.startsWith("# function: "))
                .forEach(line -> behave(api, line.substring("# function: ".length())));
        var references = new TreeMap<String, Integer>();
        var out = new StringBuilder();
        directives.forEach(line -> out.append(line).append('\n'));
        for (String request : requests) {
            if (out.indexOf("----") >= 0) {
                out.append(BETWEEN.substring(1));
            }
            out.append(request).append("\n----\n").append(referenced(send(api, request), references));
        }
        return out.toString();
    }

    /// What is there before the first request: `# given: function, version, alias, layer`, as far as named.
    private void given(TestApi api) {
        String given = directives.stream()
                .filter(line -> line.startsWith("# given: "))
                .findFirst()
                .orElse("");
        if (given.contains("function")) {
            api.create("f");
        }
        if (given.contains("version")) {
            api.send("POST", "/2015-03-31/functions/f/versions", "{}");
        }
        if (given.contains("alias")) {
            api.send("POST", "/2015-03-31/functions/f/aliases", "{\"Name\": \"live\", \"FunctionVersion\": \"1\"}");
        }
        if (given.contains("event source")) {
            api.send("POST", "/2015-03-31/event-source-mappings", """
                    {"FunctionName": "f", "EventSourceArn": "arn:aws:sqs:us-east-1:111111111111:q"}""");
        }
        if (given.contains("code signing config")) {
            api.send("POST", "/2020-04-22/code-signing-configs", """
                    {"AllowedPublishers": {"SigningProfileVersionArns":
                     ["arn:aws:signer:us-east-1:111111111111:/signing-profiles/p/1"]}}""");
        }
        if (given.contains("layer")) {
            api.send("POST", "/2018-10-31/layers/utils/versions", """
                    {"Content": {"ZipFile": "%s"}, "Description": "of use", "CompatibleRuntimes": ["python3.12"],
                     "CompatibleArchitectures": ["x86_64"], "LicenseInfo": "MIT"}""".formatted(TestApi.zip("one")));
        }
    }

    private static void behave(TestApi api, String behaviour) {
        Outcome outcome = switch (behaviour) {
            case "fails" -> new Outcome.FunctionFailed("Exception", payload("{\"errorType\":\"Exception\"}"));
            case "times out" ->
                new Outcome.TimedOut(
                        Duration.ofSeconds(3), payload("{\"errorMessage\":\"Task timed out after 3.00 seconds\"}"));
            case "has a broken sandbox" ->
                new Outcome.SandboxFailed(ErrorCode.SERVICE, "Cannot start a sandbox: no memory left.");
            case "is throttled" -> new Outcome.Throttled(ThrottleReason.RESERVED_CONCURRENCY);
            case "streams" -> new Outcome.Succeeded(Payload.EMPTY);
            case "fails midway" -> new Outcome.FunctionFailed("Exception", payload("{\"errorType\":\"Exception\"}"));
            default -> throw new IllegalArgumentException(behaviour);
        };
        boolean streams = behaviour.equals("streams") || behaviour.equals("fails midway");
        api.engine.function = invocation -> {
            ResponseSink sink = invocation.sink();
            if (streams && sink != null) {
                sink.begin("text/plain");
                sink.write("one".getBytes(StandardCharsets.UTF_8), 0, 3);
            }
            return outcome;
        };
    }

    private static Payload payload(String json) {
        return new Payload(json.getBytes(StandardCharsets.UTF_8));
    }

    /// Ids that only the server knows: `<esm>` of the event source mapping that is there, `<csc>` of the code signing
    /// configuration.
    private static String known(TestApi api, String request) {
        String mapping = api.catalog.read(tx -> tx.list(RecordKind.EVENT_SOURCE).stream()
                .map(EventSourceMapping::uuid)
                .findFirst()
                .orElse("none"));
        String config = api.catalog.read(tx -> tx.list(RecordKind.CODE_SIGNING).stream()
                .map(CodeSigningConfig::arn)
                .findFirst()
                .orElse("none"));
        return request.replace("<esm>", mapping).replace("<csc>", config);
    }

    private static String send(TestApi api, String written) {
        String request = known(api, written);
        int blank = request.indexOf("\n\n");
        String head = blank < 0 ? request : request.substring(0, blank);
        String body = blank < 0 ? "" : request.substring(blank + 2).replace("<zip>", TestApi.zip("one"));
        List<String> lines = head.lines().toList();
        String[] start = lines.getFirst().split(" ", 2);
        Map<String, String> headers = new LinkedHashMap<>();
        lines.stream().skip(1).forEach(line -> {
            String[] field = line.split(": ", 2);
            headers.put(field[0], field[1]);
        });
        return written(api.send(start[0], start[1], headers, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String written(TestApi.Answer answer) {
        var out = new StringBuilder().append(answer.status()).append('\n');
        answer.headers()
                .forEach((name, value) ->
                        out.append(name).append(": ").append(value).append('\n'));
        if (answer.bytes().length > 0) {
            String type = answer.header("Content-Type");
            String body = type.equals(Json.CONTENT_TYPE)
                    ? TestApi.MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(answer.json())
                    : type.equals(EventFrames.CONTENT_TYPE) ? Frame.written(answer.bytes()) : answer.text();
            out.append('\n').append(body).append('\n');
        }
        return out.toString();
    }

    private static String referenced(String text, Map<String, Integer> references) {
        var out = new StringBuilder();
        Matcher matcher = VOLATILE.matcher(text);
        while (matcher.find()) {
            String kind = KINDS.stream()
                    .filter(name -> matcher.group(name) != null)
                    .findFirst()
                    .orElseThrow();
            long known = references.keySet().stream()
                    .filter(key -> key.startsWith(kind + " "))
                    .count();
            int number = references.computeIfAbsent(kind + " " + matcher.group(), key -> (int) known + 1);
            matcher.appendReplacement(out, "<" + kind + ":" + number + ">");
        }
        return matcher.appendTail(out).toString();
    }
}
